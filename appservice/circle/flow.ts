import type { Actor } from "../protocol/actor.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { mayBeKeeper } from "../protocol/rights.ts";
import type { CircleEvent } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { Table } from "./kinds/contract.ts";
import { handsRule, KINDS, textsBefore } from "./kinds/kinds.ts";
import { stageWords } from "./kinds/words.ts";
import { nextInCircle } from "./circle.ts";
import {
  circleOf,
  circlesThatRan,
  type RaisedHand,
  handsOf,
  isRunning,
  limitOf,
  type Meeting,
  type MeetingInCircle,
  pausedSince,
  personOf,
  planOfCircle,
  present,
  runningCircle,
  type RunningMeeting,
  startOf,
  takesPart,
  turnOf,
} from "./meeting.ts";
import { handsInOrder, ringOf } from "./order.ts";
import { spentBy } from "./turn.ts";
import type { TurnEnd } from "./turn-end.ts";

/** Milliseconds that an offered word waits to be taken. */
export const OFFER_MS = 10_000;
/** Milliseconds in which a speaker who dropped out may come back. */
export const HOLD_MS = 15_000;
/** A turn that was broken off is kept with what was left of it, but never with less than this. */
const LEAST_KEPT_MS = 20_000;
/** Least milliseconds of a turn, however little is left of a circle's time. */
const LEAST_TURN_MS = 10_000;

/** Events of one decision, with the meeting as they leave it: what comes next depends on what has just happened. */
export class EventRecorder implements Table {
  readonly events: CircleEvent[] = [];
  /** Actor who asked for the events; null: nobody did. */
  readonly actor: Actor | null;
  #meeting: Meeting;
  /** Number of events that the meeting has taken in. The last one of a decision is often looked at by nobody. */
  #taken = 0;

  constructor(meeting: Meeting, actor: Actor | null = null) {
    this.#meeting = meeting;
    this.actor = actor;
  }

  get meeting(): Meeting {
    for (; this.#taken < this.events.length; this.#taken++)
      this.#meeting = evolve(this.#meeting, this.events[this.#taken]!);
    return this.#meeting;
  }

  add(event: CircleEvent): void {
    this.events.push(event);
  }

  goOn(at: number): void {
    goOn(this, at);
  }

  closeTurn(reason: TurnEnd, at: number): void {
    closeTurn(this, reason, at);
  }

  endCircle(at: number): void {
    endCircle(this, at);
  }
}

/** A planned circle begins with all who are there; without anybody the meeting is over. */
export function beginCircle(story: EventRecorder, step: number, at: number): void {
  const planned = startOf(story.meeting)?.plan.circles[step];
  closeTurn(story, "circle-ended", at);
  const { meeting } = story;
  const ring = planned ? ringOf(meeting, planned) : [];
  if (!planned || ring.length === 0) return endMeeting(story, null, at);
  for (const { who } of handsOf(meeting)) story.add({ type: "hand-lowered", who, reason: "circle-started", at });
  const ran = circlesThatRan(meeting);
  const index = (circleOf(meeting)?.index ?? -1) + 1;
  const round = 1 + ran.filter((past) => past.step === step).length;
  const { stage, endsAt } = KINDS[planned.kind].open(planned, at, textsBefore(meeting));
  story.add({ type: "circle-started", index, step, round, ring, stage, endsAt, at });
  goOn(story, at);
}

/** The word goes to whoever is next, by ring or by hand; where nobody is, the circle ends or the floor waits. */
export function goOn(story: EventRecorder, at: number): void {
  const { meeting } = story;
  if (!isRunning(meeting) || meeting.turn) return;
  if (handsRule(meeting)) return offerToHand(story, meeting, at);
  if (meeting.phase === "circle" && stageWords(meeting.circle.stage).word === "ring") offerToNext(story, meeting, at);
}

function offerToNext(story: EventRecorder, meeting: MeetingInCircle, at: number): void {
  const { circle } = meeting;
  const next = nextInCircle(circle);
  if (!next) {
    const goesOn = KINDS[circle.kind].afterRound?.(story, circle, at) ?? false;
    return goesOn ? undefined : endCircle(story, at);
  }
  const limitMs = next.limitMs ?? shareOf(meeting, at);
  offer(story, meeting, { to: next.who, limitMs, kept: next.limitMs !== null, hand: null }, at);
}

function offerToHand(story: EventRecorder, meeting: RunningMeeting, at: number): void {
  if (meeting.pausedAt !== null) return;
  const hand = handsInOrder(meeting).find(
    ({ who }) => takesPart(meeting, who) && personOf(meeting, who)?.presence !== "away",
  );
  if (hand) return offerTo(story, meeting, hand, at);
  const resting = meeting.phase === "between" && meeting.nextCircleAt === null;
  if (resting) story.add({ type: "rest-began", nextAt: at + meeting.plan.betweenMs, at });
}

export function offerTo(story: EventRecorder, meeting: RunningMeeting, { who, hand }: RaisedHand, at: number): void {
  const limitMs = meeting.phase === "circle" ? limitOf(meeting) : meeting.plan.handMs;
  offer(story, meeting, { to: who, limitMs, kept: false, hand }, at);
}

type Offer = Pick<Extract<CircleEvent, { type: "word-offered" }>, "to" | "limitMs" | "kept" | "hand">;

function offer(
  story: EventRecorder,
  { turnsOffered }: RunningMeeting,
  { to, limitMs, kept, hand }: Offer,
  at: number,
): void {
  const turn = turnsOffered + 1;
  story.add({ type: "word-offered", turn, to, limitMs, kept, hand, lapsesAt: at + OFFER_MS, at });
  if (opensAtOnce(story.meeting, to)) startTurn(story, at);
}

/** Someone who is away gets the time of an offer to come back, even where the word need not be taken by hand. */
export function opensAtOnce(meeting: Meeting, who: ParticipantId): boolean {
  const auto = turnOf(meeting)?.hand !== null || planOfCircle(meeting)?.accept === "auto";
  return auto && pausedSince(meeting) === null && personOf(meeting, who)?.presence !== "away";
}

/** A circle's time is shared evenly by those who have not spoken yet. */
function shareOf(meeting: MeetingInCircle, at: number): number {
  const { endsAt, waiting, kept } = meeting.circle;
  const limitMs = limitOf(meeting);
  if (endsAt === null) return limitMs;
  const left = Math.max(0, endsAt - (meeting.pausedAt ?? at));
  return Math.min(limitMs, Math.max(LEAST_TURN_MS, Math.floor(left / Math.max(1, waiting.length + kept.length))));
}

export function startTurn(story: EventRecorder, at: number): void {
  const turn = turnOf(story.meeting);
  if (turn) story.add({ type: "turn-started", turn: turn.id, at });
}

/** Ends the present turn for one of the reasons, and hands the word on. */
export function endTurn(story: EventRecorder, reason: TurnEnd, at: number): void {
  closeTurn(story, reason, at);
  goOn(story, at);
}

/** Ends the present turn, if there is one, and leaves open who comes next. */
export function closeTurn(story: EventRecorder, reason: TurnEnd, at: number): void {
  const turn = turnOf(story.meeting);
  if (!turn) return;
  const spentMs = spentBy(turn, at);
  // A turn is kept once: a person who misses the kept one too has had their chance in this circle.
  const keepsMs = turn.kept || turn.hand ? null : keptAfter(reason, turn.limitMs, spentMs);
  story.add({
    type: "turn-ended",
    turn: turn.id,
    speaker: turn.speaker,
    reason,
    spentMs,
    keepsMs,
    by: story.actor?.id ?? null,
    door: story.actor?.door ?? null,
    at,
  });
}

/** Milliseconds that are kept of a turn that was broken off; null: none, it was theirs. */
export function keptAfter(reason: TurnEnd, limitMs: number, spentMs: number): number | null {
  switch (reason) {
    case "skipped":
    case "not-taken":
    case "dropped":
      return Math.max(limitMs - spentMs, Math.min(limitMs, LEAST_KEPT_MS));
    default:
      return null;
  }
}

export function endCircle(story: EventRecorder, at: number): void {
  closeTurn(story, "circle-ended", at);
  const { meeting } = story;
  if (meeting.phase !== "circle") return;
  const { plan, pausedAt, hands, circle } = meeting;
  const nextStep = stepAfter(meeting);
  const last = nextStep >= plan.circles.length;
  story.add({
    type: "circle-ended",
    index: circle.index,
    nextStep: last ? null : nextStep,
    nextAt: last ? null : at + plan.betweenMs,
    at,
  });
  if (last) return endMeeting(story, null, at);
  if (plan.betweenMs === 0 && pausedAt === null && hands.length === 0) return beginCircle(story, nextStep, at);
  goOn(story, at);
}

/** Back to an earlier circle while somebody objects, as often as the scenario says; else on. */
function stepAfter({ plan, circle }: MeetingInCircle): number {
  const repeat = plan.circles[circle.step]?.repeat;
  const again = repeat && KINDS[circle.kind].goesBack?.(circle.data) && circle.round <= repeat.atMost;
  return again ? repeat.from : circle.step + 1;
}

export function endMeeting(story: EventRecorder, by: ParticipantId | null, at: number): void {
  closeTurn(story, "meeting-ended", at);
  const circle = runningCircle(story.meeting);
  if (circle) story.add({ type: "circle-ended", index: circle.index, nextStep: null, nextAt: null, at });
  story.add({ type: "meeting-ended", by, at });
}

/**
 * Events of somebody who goes, or is taken out by another: their hand, their turn and their place in the ring go with
 * them.
 */
export function goneFor(meeting: Meeting, who: ParticipantId, at: number, actor: Actor | null = null): CircleEvent[] {
  const story = new EventRecorder(meeting, actor);
  if (handsOf(meeting).some((hand) => hand.who === who)) story.add({ type: "hand-lowered", who, reason: "left", at });
  const takenOut = actor !== null && actor.id !== who;
  story.add({ type: "person-left", who, ...(takenOut && { by: actor.id }), at });
  if (meeting.keeper === who && isRunning(meeting))
    story.add({ type: "keeper-changed", to: present(story.meeting).find(mayBeKeeper) ?? null, at });
  if (turnOf(meeting)?.speaker === who) endTurn(story, takenOut ? "forced" : "left", at);
  return story.events;
}
