import type { CircleEvent } from "./event.ts";
import { beginCircle, endTurn, EventRecorder } from "./flow.ts";
import { stageOf } from "./kinds/kinds.ts";
import {
  isRunning,
  type Meeting,
  type MeetingBetween,
  type MeetingInCircle,
  planOfCircle,
  type RunningMeeting,
  type StartedMeeting,
} from "./meeting.ts";
import { TimeMark } from "./time-mark.ts";
import { markAt, spentBy, type Turn } from "./turn.ts";

/** A raised hand goes down once its owner has spoken this long. */
const HAND_DOWN_MS = 3_000;

type Due = { readonly at: number; readonly happen: (story: EventRecorder, at: number) => void };

/** Events that the passing of time brings about up to `at`, in the order in which they fall due. */
export function dueByClock(meeting: Meeting, at: number): CircleEvent[] {
  const story = new EventRecorder(meeting);
  for (let due = nextDue(meeting); due && due.at <= at; due = nextDue(story.meeting)) due.happen(story, at);
  return story.events;
}

/** Time at which the clock has to be looked at next; null while nothing can fall due by time alone. */
export function nextDeadline(meeting: Meeting): number | null {
  return nextDue(meeting)?.at ?? null;
}

/** A rest, and a stage that ends by time, wait for whoever has the word. */
function nextDue(meeting: Meeting): Due | null {
  if (!isRunning(meeting) || meeting.pausedAt !== null) return null;
  const phase = meeting.phase === "between" ? restOver(meeting) : stageOver(meeting);
  return phase ?? turnDue(meeting);
}

function restOver({ nextCircleAt, nextStep, turn }: MeetingBetween): Due | null {
  if (nextCircleAt === null || nextStep === null || turn) return null;
  return { at: nextCircleAt, happen: (story, at) => beginCircle(story, nextStep, at) };
}

/** Stages of some kinds end by time; whoever has the word finishes their turn first. */
function stageOver({ circle, turn }: MeetingInCircle): Due | null {
  if (circle.endsAt === null || circle.stage === "round" || turn) return null;
  return { at: circle.endsAt, happen: stageOf(circle).close };
}

function turnDue(meeting: RunningMeeting): Due | null {
  const { turn } = meeting;
  if (!turn) return null;
  if (turn.lapsesAt !== null) {
    const reason = turn.status === "offered" ? "not-taken" : "dropped";
    return { at: turn.lapsesAt, happen: (story, at) => endTurn(story, reason, at) };
  }
  return turn.runningSince === null ? null : inTurn(meeting, turn, turn.runningSince);
}

function inTurn(meeting: RunningMeeting, turn: Turn, runningSince: number): Due | null {
  const timeOf = (spentMs: number) => Math.ceil(runningSince + spentMs - turn.spentMs);
  const mark = nextMark(turn);
  const markedAt = mark === null ? Infinity : timeOf(markAt(mark, turn.limitMs));
  const handUp = turn.hand !== null && meeting.hands.some(({ who }) => who === turn.speaker);
  const handDownAt = handUp ? timeOf(HAND_DOWN_MS) : Infinity;
  if (mark !== null && markedAt <= handDownAt)
    return { at: markedAt, happen: (story, at) => story.add({ type: "turn-marked", turn: turn.id, mark, at }) };
  if (handUp)
    return {
      at: handDownAt,
      happen: (story, at) => story.add({ type: "hand-lowered", who: turn.speaker, reason: "spoke", at }),
    };
  if (waits(meeting, turn)) return null;
  return {
    at: timeOf(turn.limitMs + meeting.plan.graceMs),
    happen: (story, at) => endTurn(story, "time-up", at),
  };
}

/** The mark that comes next; of two at one time the one that is listed first. */
function nextMark({ marks, limitMs }: Turn): TimeMark | null {
  let next: TimeMark | null = null;
  for (const mark of TimeMark.options) {
    if (!marks.includes(mark) && (next === null || markAt(mark, limitMs) < markAt(next, limitMs))) next = mark;
  }
  return next;
}

/** The time is only shown, and nobody is cut off. */
function waits(meeting: StartedMeeting, turn: Turn): boolean {
  return turn.hand === null && planOfCircle(meeting)?.timeout === "wait";
}

/** Times at which a turn ends, for those who draw it. */
export function timing(meeting: StartedMeeting, turn: Turn): { endsAt: number | null; graceEndsAt: number | null } {
  if (turn.runningSince === null) return { endsAt: null, graceEndsAt: null };
  const endsAt = turn.runningSince + turn.limitMs - spentBy(turn, turn.runningSince);
  return { endsAt, graceEndsAt: waits(meeting, turn) ? null : endsAt + meeting.plan.graceMs };
}
