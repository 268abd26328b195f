import type { CircleEvent, Mark } from "./event.ts";
import { markAt } from "./evolve.ts";
import { beginCircle, endTurn, Story } from "./flow.ts";
import { type Meeting, spentBy, type Turn } from "./meeting.ts";

const MARKS: readonly Mark[] = ["80-percent", "last-10-seconds", "limit"];

type Due = { readonly at: number; readonly happen: (story: Story, at: number) => void };

/** What the passing of time brings about up to `at`, in the order in which it falls due. */
export function dueByClock(meeting: Meeting, at: number): CircleEvent[] {
  const story = new Story(meeting);
  for (let due = nextDue(story.meeting); due && due.at <= at; due = nextDue(story.meeting)) due.happen(story, at);
  return story.events;
}

/** When the clock has to be looked at next; null while nothing can fall due by time alone. */
export function nextDeadline(meeting: Meeting): number | null {
  return nextDue(meeting)?.at ?? null;
}

function nextDue(meeting: Meeting): Due | null {
  if (meeting.paused) return null;
  const { turn, circle } = meeting;
  if (meeting.phase === "between" && meeting.nextCircleAt !== null) {
    return { at: meeting.nextCircleAt, happen: (story, at) => beginCircle(story, (circle?.index ?? -1) + 1, at) };
  }
  if (!turn) return null;
  if (turn.lapsesAt !== null) {
    const reason = turn.status === "offered" ? "not-taken" : "dropped";
    return { at: turn.lapsesAt, happen: (story, at) => endTurn(story, reason, at) };
  }
  return turn.runningSince === null ? null : nextInTurn(turn, turn.runningSince, meeting.plan?.graceMs ?? 0);
}

function nextInTurn(turn: Turn, runningSince: number, graceMs: number): Due {
  const timeOf = (spentMs: number) => Math.ceil(runningSince + spentMs - turn.spentMs);
  const marks = MARKS.filter((mark) => !turn.marks.includes(mark))
    .map((mark): Due => ({
      at: timeOf(markAt(mark, turn.limitMs)),
      happen: (story, at) => story.add({ type: "turn-marked", turn: turn.id, mark, at }),
    }))
    .sort((one, other) => one.at - other.at);
  return marks[0] ?? { at: timeOf(turn.limitMs + graceMs), happen: (story, at) => endTurn(story, "time-up", at) };
}

/** How the time of a turn stands, for those who draw it. */
export function timing(turn: Turn, graceMs: number): { endsAt: number | null; graceEndsAt: number | null } {
  if (turn.runningSince === null) return { endsAt: null, graceEndsAt: null };
  const endsAt = turn.runningSince + turn.limitMs - spentBy(turn, turn.runningSince);
  return { endsAt, graceEndsAt: endsAt + graceMs };
}
