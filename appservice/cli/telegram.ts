import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Api, GrammyError, HttpError } from "grammy";
import { BadFiles } from "../configuration/problems.ts";
import { reasonOf } from "../doctor/finding.ts";
import { lookAtBot } from "../doctor/checks/telegram.ts";
import { botApi } from "../telegram/bot-api.ts";
import { chatApi } from "../telegram/bot/chat-api.ts";

export type TelegramCheckOptions = {
  readonly tokenFile: string;
  readonly api: string;
  readonly test?: boolean;
  readonly chat?: string;
};

/**
 * Says what Telegram says of a bot. With a chat it also does there, once, what the service does: a message with a
 * button, an edit, and away with it.
 */
export async function telegramCheck({
  tokenFile,
  api: apiUrl,
  test = false,
  chat,
}: TelegramCheckOptions): Promise<void> {
  const token = tokenIn(tokenFile);
  const findings = await lookAtBot({ token, apiUrl, testEnvironment: test, webhook: false, bot: null });
  for (const { state, what, remedy } of findings)
    console.log([state === "in-order" ? "✓" : "✗", what, remedy].join(" ").trim());
  if (findings.some(({ state }) => state === "problem")) {
    process.exitCode = 1;
    return;
  }
  if (chat === undefined) return;
  try {
    await tryIn(Number(chat), botApi({ token, apiUrl, testEnvironment: test }));
  } catch (error) {
    console.log(`✗ It cannot be done in this chat (${refusalIn(error)}). ${HELPS_IN_CHAT}`);
    process.exitCode = 1;
  }
}

const HELPS_IN_CHAT =
  "Look whether the number is the chat's, with the minus before it, and add the bot to the chat as an administrator.";

/** Telegram's words, or the network's: what stands around the latter names the address, in which the token is. */
function refusalIn(error: unknown): string {
  if (error instanceof GrammyError) return error.description;
  return reasonOf(error instanceof HttpError ? error.error : error);
}

async function tryIn(chat: number, api: Api): Promise<void> {
  const { look, send, edit, remove, makeTopic } = chatApi(api, (await api.getMe()).id);
  const { title, forum } = await look(chat);
  console.log(
    `✓ The chat is “${title}”; ${forum ? "each meeting gets a topic there" : "meetings are threads of answers there"}.`,
  );
  const topic = forum ? await makeTopic(chat, "Mindminder: a check") : null;
  const buttons = [{ label: "✅", tells: "✅" }];
  const id = await send({ chat, topic, replyTo: null }, { html: "A check of <b>Mindminder</b>", buttons });
  await edit(chat, id, { html: "A check of <b>Mindminder</b>, edited", buttons: [] });
  await remove(chat, id);
  console.log("✓ A message was sent, edited and taken away.");
  if (topic !== null) console.log("  The topic “Mindminder: a check” is left for you to delete.");
}

function tokenIn(tokenFile: string): string {
  const file = resolve(tokenFile);
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    throw new BadFiles([
      {
        file,
        key: "",
        problem: "it cannot be read.",
        remedy: "Put the token that @BotFather tells into it, and nothing else.",
      },
    ]);
  }
}
