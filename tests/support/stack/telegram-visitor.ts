import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sign } from "@tma.js/init-data-node";
import Database from "better-sqlite3";
import type { User } from "grammy/types";
import { parse } from "yaml";
import { DEVICE_HEADER } from "../../../appservice/protocol/http-api.ts";
import { TELEGRAM_ROUTES } from "../../../appservice/protocol/routes/telegram.ts";
import type { TelegramSession } from "../../../appservice/protocol/telegram.ts";
import { TelegramChats } from "../../../appservice/store/telegram-chats.ts";
import { References } from "../../../appservice/telegram/door/reference.ts";
import type { TelegramGroup } from "../telegram/group.ts";
import { meetingId, personId, roomId } from "../protocol/ids.ts";
import type { Mindminder } from "./mindminder.ts";
import type { TelegramStandIn } from "./telegram.ts";
import { type Answer, WidgetPerson } from "./widget-person.ts";

/** The section of the configuration by which the service has a door to the stand-in. */
export const telegramSection = ({ token, bot, apiUrl }: TelegramStandIn) => ({
  token,
  bot: bot.username ?? "",
  app: "circle",
  apiUrl,
});

/** Binds a chat to a room past the bot, as its keeper does by way of it. */
export function bindChat(
  { dir }: Pick<Mindminder, "dir">,
  room: string,
  { id: chat, title, forum }: TelegramGroup,
): void {
  const db = new Database(join(dir, "mindminder.db"));
  const chats = new TelegramChats(db);
  chats.bind(chats.offer(roomId(room), personId("@keeper:hs"), Date.now()), { chat, title, forum }, Date.now());
  db.close();
}

/** The reference in a link to a room's meeting; without one to whichever is on. */
export function referenceTo({ dir }: Pick<Mindminder, "dir">, room: string, meeting?: string): string {
  const { as_token: secret } = parse(readFileSync(join(dir, "registration.yaml"), "utf8")) as { as_token: string };
  const to = { room: roomId(room), meeting: meeting === undefined ? null : meetingId(meeting) };
  return new References(secret).format(to) ?? "";
}

type Opening = { readonly from: TelegramGroup; readonly reference: string; readonly token: string };

/** Launch data as Telegram gives them to a Mini App that somebody opens from a group. */
export function launchOf(user: User, { from, reference, token }: Opening): string {
  const { id, first_name, language_code = "en" } = user;
  const data = {
    user: { id, first_name, language_code },
    chat_instance: `instance${from.id}`,
    chat_type: from.kind === "group" ? ("group" as const) : ("supergroup" as const),
    start_param: reference,
    // One a launch, so that two in the same second differ.
    query_id: randomUUID(),
  };
  return sign(data, token, new Date());
}

/** Asks for a session with launch data; `device`: the tab that asks. */
export async function showLaunch(
  url: string,
  initData: string,
  { device = randomUUID(), language = "en" }: { readonly device?: string; readonly language?: string } = {},
): Promise<Answer<TelegramSession>> {
  const response = await fetch(`${url}${TELEGRAM_ROUTES.openTelegramSession.path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": language, [DEVICE_HEADER]: device },
    body: JSON.stringify({ initData }),
  });
  return { status: response.status, body: (await response.json()) as Answer<TelegramSession>["body"] };
}

/** Somebody who opened the Mini App and was let in. */
export async function enterByTelegram(url: string, initData: string): Promise<WidgetPerson> {
  const device = randomUUID();
  const { status, body } = await showLaunch(url, initData, { device });
  if (status !== 200) throw new Error(`session by Telegram: ${status} ${JSON.stringify(body)}`);
  return WidgetPerson.having(url, body.room, body, device);
}
