import type { ParticipantId } from "../protocol/identity.ts";
import type { CircleEvent, TurnEnd } from "./event.ts";
import { evolve } from "./evolve.ts";
import { limitOf, type Meeting, nextInCircle, personOf, present, spentBy } from "./meeting.ts";

/** How long an offered word waits to be taken. */
export const OFFER_MS = 10_000;
/** How long a speaker who dropped out may take to come back. */
export const HOLD_MS = 15_000;
/** A turn that was broken off is kept with what was left of it, but never with less than this. */
const LEAST_KEPT_MS = 20_000;

/** Events of one decision, with the meeting as each leaves it: what comes next depends on what has just happened. */
export class Story {
  readonly events: CircleEvent[] = [];
  meeting: Meeting;

  constructor(meeting: Meeting) {
    this.meeting = meeting;
  }

  add(event: CircleEvent): void {
    this.events.push(event);
    this.meeting = evolve(this.meeting, event);
  }
}

/** A circle begins with all who are there; without anybody the meeting is over. */
export function beginCircle(story: Story, index: number, at: number): void {
  const ring = present(story.meeting);
  if (ring.length === 0) return endMeeting(story, null, at);
  story.add({ type: "circle-started", index, ring, at });
  offerNext(story, at);
}

export function startTurn(story: Story, at: number): void {
  const { turn } = story.meeting;
  if (turn) story.add({ type: "turn-started", turn: turn.id, at });
}

/** Ends the present turn for one of the reasons, and hands the word on. */
export function endTurn(story: Story, reason: TurnEnd, at: number): void {
  const { turn } = story.meeting;
  if (!turn) return;
  const spentMs = spentBy(turn, at);
  const keepsMs = turn.kept ? null : keptAfter(reason, turn.limitMs, spentMs);
  story.add({ type: "turn-ended", turn: turn.id, speaker: turn.speaker, reason, spentMs, keepsMs, at });
  if (reason !== "meeting-ended") offerNext(story, at);
}

/** A turn is kept once: whoever misses the kept one too has had their chance in this circle. */
function keptAfter(reason: TurnEnd, limitMs: number, spentMs: number): number | null {
  switch (reason) {
    case "skipped":
    case "not-taken":
    case "dropped":
      return Math.max(limitMs - spentMs, Math.min(limitMs, LEAST_KEPT_MS));
    default:
      return null;
  }
}

function offerNext(story: Story, at: number): void {
  const { circle, turnsOffered } = story.meeting;
  if (!circle) return;
  const next = nextInCircle(circle);
  if (!next) return endCircle(story, at);
  const limitMs = next.limitMs ?? limitOf(story.meeting, circle.index);
  const kept = next.limitMs !== null;
  // In a pause nothing lapses; going on gives the offer its time.
  const lapsesAt = at + OFFER_MS;
  story.add({ type: "word-offered", turn: turnsOffered + 1, to: next.who, limitMs, kept, lapsesAt, at });
  if (opensAtOnce(story.meeting, next.who)) startTurn(story, at);
}

/** Someone who is away gets the time of an offer to come back, even where the word need not be taken by hand. */
export function opensAtOnce(meeting: Meeting, who: ParticipantId): boolean {
  return meeting.plan?.accept === "auto" && !meeting.paused && personOf(meeting, who)?.presence !== "away";
}

function endCircle(story: Story, at: number): void {
  const { plan, circle } = story.meeting;
  if (!plan || !circle) return;
  const last = circle.index + 1 >= plan.circles.length;
  story.add({ type: "circle-ended", index: circle.index, nextAt: last ? null : at + plan.betweenMs, at });
  if (last) endMeeting(story, null, at);
  else if (plan.betweenMs === 0 && !story.meeting.paused) beginCircle(story, circle.index + 1, at);
}

export function endMeeting(story: Story, by: ParticipantId | null, at: number): void {
  const { phase, circle } = story.meeting;
  if (story.meeting.turn) endTurn(story, "meeting-ended", at);
  if (phase === "circle" && circle && story.meeting.phase === "circle") {
    story.add({ type: "circle-ended", index: circle.index, nextAt: null, at });
  }
  story.add({ type: "meeting-ended", by, at });
}
