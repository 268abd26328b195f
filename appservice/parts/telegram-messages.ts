import type { Assembly } from "../assembly/assembly.ts";
import type { Meeting } from "../circle/meeting.ts";
import { type Post, TAKEN_AWAY } from "../journal/post.ts";
import { formatPostKey, type PostKey } from "../journal/post-key.ts";
import type { Line } from "../language/line.ts";
import type { Translate } from "../language/translate.ts";
import type { RingNumber } from "../protocol/identity.ts";
import { linesOf } from "../room/messages/message.ts";
import { ANNOUNCEMENT } from "../store/telegram-forgotten.ts";
import type { ChatButton } from "../telegram/bot/chat-api.ts";
import type { WantedMessage } from "../telegram/bot/chat-outbox.ts";
import { messagesOf } from "../telegram/bot/markup.ts";

/** Signs that concern everybody; pausing is the keeper's, who has the widget. */
const SHOWN_CONTROLS: ReadonlySet<string> = new Set(["✋", "➡️", "⏭️"]);

/** Ends the key of a picture, behind that of the message in which it stands in the room. */
const PICTURE = "/picture";

/** Keys under which a message of the room may stand in a chat: its own, and that of the picture in it. */
export const keysInChat = (key: string): string[] => [key, `${key}${PICTURE}`];

/**
 * Messages of the room's record as a chat of Telegram has them: signs to press are buttons there, and a picture stands
 * by itself.
 */
export function telegramMessages(posts: readonly Post[]): WantedMessage[] {
  return posts.flatMap(({ type, key, thread, content }) => {
    const lines = type === "m.room.message" ? linesOf(content) : null;
    const parts = lines ? messagesOf(lines.filter((line) => !pictureIn(line))) : [];
    if (!lines || parts.length === 0) return [];
    const own = formatPostKey(key);
    const answers = thread === null ? ANNOUNCEMENT : formatPostKey(thread);
    const message = { key: own, answers, parts, buttons: buttonsOf(key, posts) };
    return key.kind === "meeting" ? [message, pictureOf(own, lines)] : [message];
  });
}

/**
 * The picture of a meeting's map as an answer to the meeting's message; without parts where there is none, or none any
 * more.
 */
function pictureOf(key: string, lines: readonly Line[]): WantedMessage {
  const [found] = lines.flatMap((line) => pictureIn(line) ?? []);
  const parts = found ? messagesOf([{ small: found.alt }]) : [];
  return { key: `${key}${PICTURE}`, answers: key, parts, buttons: [], picture: found?.mxc ?? null };
}

function pictureIn(line: Line) {
  return typeof line === "object" && "picture" in line ? line.picture : null;
}

/** Buttons under a message, which are the bot's own signs on it in the room. */
function buttonsOf(key: PostKey, posts: readonly Post[]): ChatButton[] {
  const name = formatPostKey(key);
  return posts.flatMap(({ type, thread, key: own, content }) => {
    if (type !== "m.reaction" || thread === null || formatPostKey(thread) !== name || content[TAKEN_AWAY] === true)
      return [];
    if (own.kind !== "mark" && (own.kind !== "control" || !SHOWN_CONTROLS.has(own.sign))) return [];
    return [{ label: own.sign, tells: own.sign }];
  });
}

/** Thing that is announced: a circle of the room, one group of an assembly, or the assembly itself. */
export type Announced = "circle" | "assembly" | { readonly group: RingNumber };

/** Announcement of a meeting or an assembly, with the button that opens it while there is something to come to. */
export function announcement(
  { phase }: { readonly phase: Meeting["phase"] | Assembly["phase"] },
  what: Announced,
  { room, url, t }: { readonly room: string; readonly url: string | null; readonly t: Translate },
): WantedMessage {
  const over = phase === "ended";
  const when = over ? "over" : phase === "gathering" ? "gathers" : "runs";
  const line =
    typeof what === "object"
      ? t(`telegram.announce.group.${when}`, { room, number: what.group })
      : t(`telegram.announce.${what}.${when}`, { room });
  const opens = t(what === "circle" ? "telegram.open" : "telegram.open.assembly");
  const buttons = over || url === null ? [] : [{ label: opens, opens: url }];
  return { key: ANNOUNCEMENT, answers: null, parts: messagesOf([{ heading: line }]), buttons };
}
