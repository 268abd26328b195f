import type { Meetings } from "../journal/meetings.ts";
import type { Outbox } from "../journal/outbox.ts";
import type { Actor } from "../protocol/actor.ts";
import { Correction } from "../protocol/correction.ts";
import type { ReplyCorrected } from "./commands/context.ts";
import { changeByReply } from "./correct-by-reply.ts";
import { repliedTo } from "./relations.ts";
import type { RoomEventOf } from "./room-event.ts";
import { taskOfPost } from "./tasks/task-of-post.ts";

export type CorrectRepliedToDeps = {
  readonly outbox: Pick<Outbox, "postOf">;
  readonly meetings: Pick<Meetings, "readNow" | "correct">;
};

type ReadRepliedToDeps = {
  readonly outbox: Pick<Outbox, "postOf">;
  readonly meetings: Pick<Meetings, "readByAndBy">;
};

/** Reads the meeting of a message that was replied to bit by bit: it is at hand then, for a correction. */
export async function readRepliedTo(
  event: RoomEventOf<"m.room.message">,
  { outbox, meetings }: ReadRepliedToDeps,
): Promise<void> {
  const { meeting } = meantBy(event, outbox);
  if (meeting !== null) await meetings.readByAndBy(event.room_id, meeting);
}

/** Corrects the thing whose message was replied to. */
export function correctRepliedTo(
  event: RoomEventOf<"m.room.message">,
  words: string,
  by: { readonly actor: Actor; readonly at: number },
  { outbox, meetings }: CorrectRepliedToDeps,
): ReplyCorrected {
  const { post, named, meeting } = meantBy(event, outbox);
  const live = meeting === null ? null : meetings.readNow(event.room_id, meeting);
  if (!live || !post) return { problem: "reply-to" };
  const asked = changeByReply(named ? { kind: "task", id: named.task } : post.key, words, live);
  if ("problem" in asked) return asked;
  const change = Correction.safeParse(asked.change);
  if (!change.success) return { problem: "unfit" };
  const decision = meetings.correct(live, change.data, null, by);
  return decision.accepted ? { corrected: decision.events.length > 0 } : { refusal: decision.refusal };
}

/** Message of the bot that was replied to, and the meeting and the task of which it is. */
function meantBy(event: RoomEventOf<"m.room.message">, outbox: Pick<Outbox, "postOf">) {
  const target = repliedTo(event);
  const post = target === undefined ? null : outbox.postOf(target);
  const named = post && taskOfPost(post);
  return { post, named, meeting: named?.meeting ?? (post?.scope.kind === "meeting" ? post.scope.meeting : null) };
}
