import { translateTo } from "../language/translate.ts";
import type { Correction, CorrectionMade } from "../protocol/correction.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { refusalText } from "./answer-command.ts";
import type { FacilitatorOptions } from "./facilitator.ts";
import { notice } from "./messages/message.ts";
import { taskOfPost } from "./tasks/task-of-post.ts";

/** What a reaction says of a task, a decision or a question by being put on its message. */
const MARKS = {
  "✅": { task: "done", decision: "confirmed", question: "answered" },
  "❌": { task: "dropped", decision: "dropped", question: "dropped" },
} as const;
type Mark = keyof typeof MARKS;
type Kind = keyof (typeof MARKS)[Mark];
type Item = { readonly meeting: MeetingId; readonly of: Kind; readonly id: string };

export type Presser = { readonly room_id: RoomId; readonly sender: ParticipantId; readonly moderator: boolean; readonly name: string };

export function markOf(key: string): Mark | null {
  const bare = key.replace(/\u{FE0F}/gu, "");
  return bare in MARKS ? (bare as Mark) : null;
}

/** The item whose message this event is. */
export function itemOf(target: string, { outbox }: FacilitatorOptions): Item | null {
  const post = outbox.postOf(target);
  const task = post && taskOfPost(post);
  if (task) return { meeting: task.meeting, of: "task", id: task.task };
  const [, of, id] = /^(decision|question):(.+)$/.exec(post?.key ?? "") ?? [];
  return post && id ? { meeting: post.scope, of: of as Kind, id } : null;
}

/** Remembered of a reaction, so that taking it back is understood. */
export function keptMark(mark: Mark, { meeting, of, id }: Item): string {
  return `${mark} ${meeting} ${of}:${id}`;
}

/** However late it comes: a task is done when it is done. */
export function mark(mark: Mark, item: Item, who: Presser, options: FacilitatorOptions): void {
  become(item, MARKS[mark][item.of], mark, who, options);
}

/** Taking back what was kept of a reaction; false where it was no mark. Nothing happens if somebody has changed the thing since. */
export function undoMark(kept: string, who: Presser, options: FacilitatorOptions): boolean {
  const [key = "", meeting = "", named = ""] = kept.split(" ");
  const mark = markOf(key);
  if (!mark || !meeting || !named) return false;
  const [, of = "task", id = named] = /^(task|decision|question):(.+)$/.exec(named) ?? [];
  const item = { meeting, of: of as Kind, id };
  const last = options.meetings.find(who.room_id, meeting)?.record.corrections.findLast((made) => made.of === of && made.id === id);
  if (last && last.by === who.sender && last.door === "reaction") become(item, before(last), mark, who, options);
  return true;
}

/** A task that was finished is open again, even if it was a mere suggestion: whoever finished it took it for one. */
function before(made: CorrectionMade): string {
  if (made.of === "utterance" || made.of === "summary") return "";
  return made.of === "task" && made.after.status === "done" ? "open" : made.before.status;
}

function become({ meeting, of, id }: Item, status: string, pressed: Mark, { room_id: room, sender: by, moderator, name }: Presser, options: FacilitatorOptions): void {
  const { meetings, now, outbox, poster, languageOf } = options;
  const live = meetings.find(room, meeting);
  if (!live) return;
  const change = { of, id, status } as Correction;
  const decision = meetings.correct(live, change, null, { by, name, moderator, at: now(), door: "reaction" });
  if (decision.accepted) return;
  const t = translateTo(languageOf(room));
  const content = notice([t("reaction.refused", { name, reaction: pressed, reason: refusalText(decision.refusal, t, (who) => who) })]);
  outbox.want([{ scope: meeting, key: `refused:${id}:${by}:${decision.refusal.code}`, room, thread: "meeting", type: "m.room.message", content }]);
  poster.wake(room);
}
