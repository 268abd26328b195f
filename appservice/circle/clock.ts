import type { CircleEvent } from "./event.ts";
import { beginCircle, endTurn, EventRecorder } from "./flow.ts";
import { stageOf } from "./kinds/kinds.ts";
import { stageWords } from "./kinds/words.ts";
import { markAt, type Meeting, planOfCircle, spentBy, type Turn } from "./meeting.ts";
import { TimeMark } from "./time-mark.ts";

/** A raised hand goes down once its owner has spoken this long. */
const HAND_DOWN_MS = 3_000;

type Due = { readonly at: number; readonly happen: (story: EventRecorder, at: number) => void };

/** Events that the passing of time brings about up to `at`, in the order in which they fall due. */
export function dueByClock(meeting: Meeting, at: number): CircleEvent[] {
  const story = new EventRecorder(meeting);
  for (let due = nextDue(story.meeting); due && due.at <= at; due = nextDue(story.meeting)) due.happen(story, at);
  return story.events;
}

/** Time at which the clock has to be looked at next; null while nothing can fall due by time alone. */
export function nextDeadline(meeting: Meeting): number | null {
  return nextDue(meeting)?.at ?? null;
}

function nextDue(meeting: Meeting): Due | null {
  if (meeting.pausedAt !== null) return null;
  const all = [restOver(meeting), stageOver(meeting), turnDue(meeting)].filter((due) => due !== null);
  return all.sort((one, other) => one.at - other.at)[0] ?? null;
}

function restOver({ phase, nextCircleAt, nextStep, turn }: Meeting): Due | null {
  if (phase !== "between" || nextCircleAt === null || nextStep === null || turn) return null;
  return { at: nextCircleAt, happen: (story, at) => beginCircle(story, nextStep, at) };
}

/** Stages of some kinds end by time. Where hands rule, whoever has the word finishes their turn first. */
function stageOver({ phase, circle, turn }: Meeting): Due | null {
  if (phase !== "circle" || !circle || circle.endsAt === null || circle.stage === "round") return null;
  const waits = turn !== null && stageWords(circle.stage).word === "hands";
  return waits ? null : { at: circle.endsAt, happen: stageOf(circle).close };
}

function turnDue(meeting: Meeting): Due | null {
  const { turn } = meeting;
  if (!turn) return null;
  if (turn.lapsesAt !== null) {
    const reason = turn.status === "offered" ? "not-taken" : "dropped";
    return { at: turn.lapsesAt, happen: (story, at) => endTurn(story, reason, at) };
  }
  return turn.runningSince === null ? null : inTurn(meeting, turn, turn.runningSince);
}

function inTurn(meeting: Meeting, turn: Turn, runningSince: number): Due | null {
  const timeOf = (spentMs: number) => Math.ceil(runningSince + spentMs - turn.spentMs);
  const marks = TimeMark.options
    .filter((mark) => !turn.marks.includes(mark))
    .map(
      (mark): Due => ({
        at: timeOf(markAt(mark, turn.limitMs)),
        happen: (story, at) => story.add({ type: "turn-marked", turn: turn.id, mark, at }),
      }),
    );
  const handUp = turn.hand !== null && meeting.hands.some(({ who }) => who === turn.speaker);
  const handDown: Due[] = handUp
    ? [
        {
          at: timeOf(HAND_DOWN_MS),
          happen: (story, at) => story.add({ type: "hand-lowered", who: turn.speaker, reason: "spoke", at }),
        },
      ]
    : [];
  const next = [...marks, ...handDown].sort((one, other) => one.at - other.at)[0];
  if (next) return next;
  return waits(meeting, turn)
    ? null
    : { at: timeOf(turn.limitMs + (meeting.plan?.graceMs ?? 0)), happen: (story, at) => endTurn(story, "time-up", at) };
}

/** The time is only shown, and nobody is cut off. */
function waits(meeting: Meeting, turn: Turn): boolean {
  return turn.hand === null && planOfCircle(meeting)?.timeout === "wait";
}

/** Times at which a turn ends, for those who draw it. */
export function timing(meeting: Meeting, turn: Turn): { endsAt: number | null; graceEndsAt: number | null } {
  if (turn.runningSince === null) return { endsAt: null, graceEndsAt: null };
  const endsAt = turn.runningSince + turn.limitMs - spentBy(turn, turn.runningSince);
  return { endsAt, graceEndsAt: waits(meeting, turn) ? null : endsAt + (meeting.plan?.graceMs ?? 0) };
}
