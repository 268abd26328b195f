import { translateTo } from "../../language/translate.ts";
import { decisionIn, questionIn, taskIn } from "../../record/found-items.ts";
import type { LiveMeeting } from "../../journal/live-meeting.ts";
import type { Meetings } from "../../journal/meetings.ts";
import { ofMeeting } from "../../journal/scope.ts";
import { type Correction, type CorrectionMade, correctionsOf } from "../../protocol/correction.ts";
import type { EventId, Language, RoomId } from "../../protocol/identity.ts";
import type { Outbox } from "../../journal/outbox.ts";
import { becomes, type MinutesMark, type MarkedStatus, secondBecomes } from "../marks.ts";
import { notice } from "../messages/message.ts";
import type { MarkedItem, Pressed } from "../pressed.ts";
import type { Poster } from "../poster.ts";
import { refusalText } from "../refusal-text.ts";
import { taskOfPost } from "../tasks/task-of-post.ts";
import type { Presser } from "./presser.ts";

export type MinutesMarkDeps = {
  readonly meetings: Pick<Meetings, "readNow" | "correct">;
  readonly outbox: Pick<Outbox, "postOf" | "want">;
  readonly poster: Pick<Poster, "wake">;
  readonly languageOf: (room: RoomId) => Language;
  readonly now: () => number;
};

/** The item whose message this event is. */
export function itemOf(target: EventId, { outbox }: Pick<MinutesMarkDeps, "outbox">): MarkedItem | null {
  const post = outbox.postOf(target);
  const task = post && taskOfPost(post);
  if (task) return { meeting: task.meeting, of: "task", id: task.task };
  if (post?.scope.kind !== "meeting" || (post.key.kind !== "decision" && post.key.kind !== "question")) return null;
  return { meeting: post.scope.meeting, of: post.key.kind, id: post.key.id };
}

/**
 * Presses a sign, however late it comes: a task is done when it is done. Returns all that is to be remembered of it, so
 * that taking it back is understood.
 */
export function press(mark: MinutesMark, item: MarkedItem, who: Presser, deps: MinutesMarkDeps): Pressed {
  const live = deps.meetings.readNow(who.room, item.meeting);
  const status = live && statusOf(item, live);
  const next = live && status && nextOf(mark, item, status, live, who);
  const made = next ? become(item, next, mark, who, deps) : null;
  return { kind: "mark", mark, item, made };
}

/** Takes a mark back. Nothing happens if somebody has changed the thing since. */
export function undoMark(
  { mark, item, made: atThatTime }: Extract<Pressed, { kind: "mark" }>,
  who: Presser,
  deps: MinutesMarkDeps,
): void {
  const made = correctionsTo(item, deps.meetings.readNow(who.room, item.meeting));
  const last = made.at(-1);
  // A reaction from before this number was kept undoes whatever its owner did last by a reaction.
  const isLast = atThatTime === "unknown" || atThatTime === made.length;
  if (last && isLast && last.by === who.actor.id && last.door === "reaction")
    become(item, before(last), mark, who, deps);
}

/**
 * Status that a mark leads to. A person who confirmed by a ✅, took that back and presses it anew means the second ✅:
 * clients let nobody press twice.
 */
function nextOf(
  mark: MinutesMark,
  item: MarkedItem,
  status: MarkedStatus,
  live: LiveMeeting,
  { actor }: Presser,
): MarkedStatus | null {
  const next = becomes(mark, item.of, status);
  if (mark !== "✅" || status !== "suggested") return next;
  const isSecond = correctionsTo(item, live).some(
    (made) => made.by === actor.id && made.door === "reaction" && statusAfter(made) === next,
  );
  return isSecond ? (secondBecomes(item.of) ?? next) : next;
}

function statusOf({ of, id }: MarkedItem, { record: { minutes } }: LiveMeeting): MarkedStatus | null {
  switch (of) {
    case "task":
      return taskIn(minutes, id)?.item.status ?? null;
    case "decision":
      return decisionIn(minutes, id)?.item.status ?? null;
    case "question":
      return questionIn(minutes, id)?.item.status ?? null;
  }
}

function correctionsTo(item: MarkedItem, live: LiveMeeting | null): CorrectionMade[] {
  return live ? correctionsOf(live.record.corrections, item) : [];
}

function statusAfter(made: CorrectionMade): MarkedStatus | null {
  return made.of === "utterance" || made.of === "summary" ? null : made.after.status;
}

/**
 * Status before a correction. A task that was finished is open again, even if it was a mere suggestion: the person who
 * finished it took it for a task.
 */
function before(made: CorrectionMade): string {
  if (made.of === "utterance" || made.of === "summary") return "";
  return made.of === "task" && made.after.status === "done" ? "open" : made.before.status;
}

/** Number of corrections that the thing has had, this one included; null where nothing came of it. */
function become(
  item: MarkedItem,
  status: string,
  pressed: MinutesMark,
  { room, actor }: Presser,
  deps: MinutesMarkDeps,
): number | null {
  const { meetings, now, outbox, poster, languageOf } = deps;
  const { meeting, of, id } = item;
  const live = meetings.readNow(room, meeting);
  if (!live) return null;
  const change = { of, id, status } as Correction;
  const decision = meetings.correct(live, change, null, { actor, at: now() });
  if (decision.accepted)
    return decision.events.length > 0 ? correctionsTo(item, meetings.readNow(room, meeting)).length : null;
  const t = translateTo(languageOf(room));
  const content = notice([
    t("reaction.refused", {
      name: actor.name,
      reaction: pressed,
      reason: refusalText(decision.refusal, t, (who) => who),
    }),
  ]);
  outbox.want([
    {
      scope: ofMeeting(meeting),
      key: { kind: "mark-refused", item: id, by: actor.id, code: decision.refusal.code },
      room,
      thread: { kind: "meeting" },
      type: "m.room.message",
      content,
    },
  ]);
  poster.wake(room);
  return null;
}
