import type { EventId } from "../../protocol/identity.ts";
import { mentionedIn } from "../../journal/post.ts";
import type { Line } from "../../language/line.ts";
import { htmlOf, plainOf } from "./lines.ts";

export type { Line, Span } from "../../language/line.ts";

/** Content of an `m.room.message` event or of a reaction, ready to be sent. */
export type RoomContent = { readonly [key: string]: unknown };

const LINES = new WeakMap<RoomContent, readonly Line[]>();

function withLines(lines: readonly Line[], content: RoomContent): RoomContent {
  LINES.set(content, lines);
  return content;
}

/**
 * Lines of which a message was made just now, for whoever shows it elsewhere than in a room; null: it was not made of
 * any.
 */
export function linesOf(content: RoomContent): readonly Line[] | null {
  return LINES.get(content) ?? null;
}

/**
 * A notice for people with the machine's object inside it. It rings for nobody, not even for whom it mentions
 * (`.m.rule.suppress_notices` stands before `.m.rule.is_user_mention`, Matrix v1.7 §13.13.1.7).
 */
export function notice(lines: readonly Line[], data: RoomContent = {}, mentioned: readonly string[] = []): RoomContent {
  return withLines(lines, { msgtype: "m.notice", ...text(lines), "m.mentions": mentions(mentioned), ...data });
}

/**
 * A message that rings for everybody in the room, as a person's does. The start of a meeting and its minutes are the
 * only ones.
 */
export function announcement(
  lines: readonly Line[],
  data: RoomContent = {},
  mentioned: readonly string[] = [],
): RoomContent {
  return withLines(lines, { msgtype: "m.text", ...text(lines), "m.mentions": mentions(mentioned), ...data });
}

/** Words for one person alone, in a room with nobody else. */
export function personalMessage(lines: readonly Line[], userId: string): RoomContent {
  return { msgtype: "m.text", ...text(lines), "m.mentions": { user_ids: [userId] } };
}

/** An answer to somebody's message; where that stood in a thread, the answer does too. */
export function answer(content: RoomContent, to: { eventId: EventId; threadRoot: string | null }): RoomContent {
  const reply = { "m.in_reply_to": { event_id: to.eventId } };
  const thread = to.threadRoot && { rel_type: "m.thread", event_id: to.threadRoot, is_falling_back: false };
  return { ...content, "m.relates_to": { ...thread, ...reply } };
}

/** Thread relation as of Matrix v1.4 §11.39; clients without threads show a reply to the latest message. */
export function inThread(content: RoomContent, root: string, latest: string): RoomContent {
  const relation = {
    rel_type: "m.thread",
    event_id: root,
    is_falling_back: true,
    "m.in_reply_to": { event_id: latest },
  };
  return { ...content, "m.relates_to": relation };
}

/**
 * An edit (Matrix v1.4 §11.37). The fallback for clients without edits begins with an asterisk, as they expect. It
 * rings for those alone whom the message did not mention before (v1.7, "Mentioning users and rooms"): all others know
 * of it already.
 */
export function editOf(eventId: EventId, content: RoomContent, mentionedBefore: readonly string[] | null): RoomContent {
  const { "m.relates_to": _, ...fresh } = content;
  const starred = typeof content["body"] === "string" ? { body: `* ${content["body"]}` } : {};
  const markedUp =
    typeof content["formatted_body"] === "string" ? { formatted_body: `* ${content["formatted_body"]}` } : {};
  const { format } = content;
  const news = mentionedBefore === null ? [] : mentionedIn(content).filter((who) => !mentionedBefore.includes(who));
  return {
    // Homeservers that do not know `.m.rule.suppress_edits` would ring for everybody at an edit of `m.text`.
    msgtype: news.length > 0 ? "m.text" : "m.notice",
    ...(format ? { format } : {}),
    ...starred,
    ...markedUp,
    "m.mentions": mentions(news),
    "m.new_content": fresh,
    "m.relates_to": { rel_type: "m.replace", event_id: eventId },
  };
}

/** Silences a message that stands once more in other words: the people it mentions have heard of it. */
export function withoutRinging(content: RoomContent): RoomContent {
  return { ...content, msgtype: "m.notice", "m.mentions": {} };
}

export function reaction(to: string, key: string): RoomContent {
  return { "m.relates_to": { rel_type: "m.annotation", event_id: to, key } };
}

function mentions(who: readonly string[]): { readonly user_ids?: readonly string[] } {
  return who.length > 0 ? { user_ids: [...new Set(who)].sort() } : {};
}

function text(lines: readonly Line[]): RoomContent {
  return { body: plainOf(lines), format: "org.matrix.custom.html", formatted_body: htmlOf(lines) };
}
