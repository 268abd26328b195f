import { translateTo } from "../language/translate.ts";
import { decisionIn, questionIn, taskIn } from "../record/found-items.ts";
import type { LiveMeeting } from "../journal/meetings.ts";
import { type Correction, type CorrectionMade, correctionsOf } from "../protocol/correction.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { refusalText } from "./answer-command.ts";
import type { FacilitatorOptions } from "./facilitator.ts";
import { becomes, type Mark, type MarkedKind, type MarkedStatus, markOf, secondBecomes } from "./marks.ts";
import { notice } from "./messages/message.ts";
import { taskOfPost } from "./tasks/task-of-post.ts";

type Item = { readonly meeting: MeetingId; readonly of: MarkedKind; readonly id: string };

export type Presser = {
  readonly room_id: RoomId;
  readonly sender: ParticipantId;
  readonly moderator: boolean;
  readonly name: string;
};

/** The item whose message this event is. */
export function itemOf(target: string, { outbox }: FacilitatorOptions): Item | null {
  const post = outbox.postOf(target);
  const task = post && taskOfPost(post);
  if (task) return { meeting: task.meeting, of: "task", id: task.task };
  const [, of, id] = /^(decision|question):(.+)$/.exec(post?.key ?? "") ?? [];
  return post && id ? { meeting: post.scope, of: of as MarkedKind, id } : null;
}

/** Presses a sign, however late it comes: a task is done when it is done. What is to be remembered of it, so that taking it back is understood. */
export function press(mark: Mark, item: Item, who: Presser, options: FacilitatorOptions): string {
  const live = options.meetings.find(who.room_id, item.meeting);
  const status = live && statusOf(item, live);
  const next = live && status && nextOf(mark, item, status, live, who);
  const made = next ? become(item, next, mark, who, options) : null;
  return `${mark} ${item.meeting} ${item.of}:${item.id} ${made ?? "-"}`;
}

/** Taking back what was kept of a reaction; false where it was no mark. Nothing happens if somebody has changed the thing since. */
export function undoMark(kept: string, who: Presser, options: FacilitatorOptions): boolean {
  const [key = "", meeting = "", named = "", corrections] = kept.split(" ");
  const mark = markOf(key);
  if (!mark || !meeting || !named) return false;
  const [, of = "task", id = named] = /^(task|decision|question):(.+)$/.exec(named) ?? [];
  const item = { meeting, of: of as MarkedKind, id };
  const made = correctionsTo(item, options.meetings.find(who.room_id, meeting));
  const last = made.at(-1);
  // Until this was kept, too, whatever its owner did last by a reaction was taken for it.
  const isLast = corrections === undefined || corrections === String(made.length);
  if (last && isLast && last.by === who.sender && last.door === "reaction")
    become(item, before(last), mark, who, options);
  return true;
}

/** Whoever confirmed it by a ✅, took that back and presses it anew means the second ✅: clients let nobody press twice. */
function nextOf(
  mark: Mark,
  item: Item,
  status: MarkedStatus,
  live: LiveMeeting,
  { sender }: Presser,
): MarkedStatus | null {
  const next = becomes(mark, item.of, status);
  if (mark !== "✅" || status !== "suggested") return next;
  const isSecond = correctionsTo(item, live).some(
    (made) => made.by === sender && made.door === "reaction" && statusAfter(made) === next,
  );
  return isSecond ? (secondBecomes(item.of) ?? next) : next;
}

function statusOf({ of, id }: Item, { record: { minutes } }: LiveMeeting): MarkedStatus | null {
  switch (of) {
    case "task":
      return taskIn(minutes, id)?.item.status ?? null;
    case "decision":
      return decisionIn(minutes, id)?.item.status ?? null;
    case "question":
      return questionIn(minutes, id)?.item.status ?? null;
  }
}

function correctionsTo(item: Item, live: LiveMeeting | null): CorrectionMade[] {
  return live ? correctionsOf(live.record.corrections, item) : [];
}

function statusAfter(made: CorrectionMade): MarkedStatus | null {
  return made.of === "utterance" || made.of === "summary" ? null : made.after.status;
}

/** A task that was finished is open again, even if it was a mere suggestion: whoever finished it took it for one. */
function before(made: CorrectionMade): string {
  if (made.of === "utterance" || made.of === "summary") return "";
  return made.of === "task" && made.after.status === "done" ? "open" : made.before.status;
}

/** How many corrections the thing has had, if this was one of them; null where nothing came of it. */
function become(
  item: Item,
  status: string,
  pressed: Mark,
  { room_id: room, sender: by, moderator, name }: Presser,
  options: FacilitatorOptions,
): number | null {
  const { meetings, now, outbox, poster, languageOf } = options;
  const { meeting, of, id } = item;
  const live = meetings.find(room, meeting);
  if (!live) return null;
  const change = { of, id, status } as Correction;
  const decision = meetings.correct(live, change, null, { by, name, moderator, at: now(), door: "reaction" });
  if (decision.accepted)
    return decision.events.length > 0 ? correctionsTo(item, meetings.find(room, meeting)).length : null;
  const t = translateTo(languageOf(room));
  const content = notice([
    t("reaction.refused", { name, reaction: pressed, reason: refusalText(decision.refusal, t, (who) => who) }),
  ]);
  outbox.want([
    {
      scope: meeting,
      key: `refused:${id}:${by}:${decision.refusal.code}`,
      room,
      thread: "meeting",
      type: "m.room.message",
      content,
    },
  ]);
  poster.wake(room);
  return null;
}
