import type { Command } from "./command.ts";
import { HOLD_MS, OFFER_MS } from "./flow.ts";
import { isRunning, type Meeting, type RunningMeeting } from "./meeting.ts";
import { accept, type Ruling } from "./ruling.ts";

/** Milliseconds that people have at least, once the service is back, of what was about to end or to begin. */
const AT_LEAST_MS = 10_000;

/**
 * Nothing runs out on people while the service could not hear them: time stood still meanwhile, and whoever was offered
 * the word, or had dropped out in mid-turn, has the whole time for it once more. In a pause nothing runs out anyway.
 */
export function serviceReturned(
  meeting: Meeting,
  { since, at }: Extract<Command, { type: "service-returned" }>,
): Ruling {
  if (!isRunning(meeting) || meeting.pausedAt !== null) return accept();
  const { turn } = meeting;
  const awayMs = Math.max(0, at - since);
  const lapsesAt =
    turn === null || turn.lapsesAt === null ? null : at + (turn.status === "offered" ? OFFER_MS : HOLD_MS);
  const later = (due: number | null, leastMs: number) => (due === null ? null : Math.max(due + awayMs, at + leastMs));
  const [endsAt, nextAt] = [later(endOf(meeting), AT_LEAST_MS), later(nextOf(meeting), restOf(meeting))];
  return accept({ type: "service-returned", since, lapsesAt, endsAt, nextAt, at });
}

function endOf(meeting: RunningMeeting): number | null {
  return meeting.phase === "circle" ? meeting.circle.endsAt : null;
}

function nextOf(meeting: RunningMeeting): number | null {
  return meeting.phase === "between" ? meeting.nextCircleAt : null;
}

function restOf({ plan }: RunningMeeting): number {
  return Math.min(plan.betweenMs, AT_LEAST_MS);
}
