import { stageWords } from "@mindminder/protocol/circle-stages.ts";
import type { MeetingSnapshot, TurnSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";

export type Countdown = {
  /**
   * Subject of the arc: a turn, its grace, a clock that stands, a word to be taken, a speaker to come back, the next
   * circle, writing or an open floor.
   */
  readonly of: "turn" | "grace" | "standing" | "offer" | "return" | "next-circle" | "stage";
  readonly leftMs: number;
  /** Share of the whole time that is left, from 1 to 0. */
  readonly fraction: number;
  readonly mark: "calm" | "late" | "last" | "over";
};

const LATE_FROM = 0.8;
const LAST_MS = 10_000;
const OFFER_MS = 10_000;
const RETURN_MS = 15_000;
const BETWEEN_MS = 30_000;
const STALE_AFTER_MS = 2_000;

/** The countdown that everybody sees at the moment `now` of the server's clock; null when nothing counts. */
export function countdownOf(meeting: MeetingSnapshot | null, now: number): Countdown | null {
  if (!meeting) return null;
  const { turn, phase, nextCircleAt, paused } = meeting;
  if (turn) return ofTurn(turn, now);
  if (phase === "circle") return ofStage(meeting, now);
  if (phase !== "between" || nextCircleAt === null || paused) return null;
  return { of: "next-circle", ...until(nextCircleAt, now, BETWEEN_MS), mark: "calm" };
}

/** Tells that a change due by itself is overdue and unheard of: then the connection is at fault, not the meeting. */
export function isStale(meeting: MeetingSnapshot | null, now: number): boolean {
  const end = meeting && !meeting.paused ? comesBy(meeting) : null;
  return end !== null && now > end + STALE_AFTER_MS;
}

function comesBy({ turn, phase, stage, stageEndsAt, nextCircleAt }: MeetingSnapshot): number | null {
  if (turn) return turn.lapsesAt ?? (turn.runningSince === null ? null : turn.graceEndsAt);
  if (phase === "between") return nextCircleAt;
  return phase === "circle" && !isRound(stage) ? stageEndsAt : null;
}

function isRound(stage: MeetingSnapshot["stage"]): boolean {
  return stage !== null && stageWords(stage).word === "ring";
}

/** A round's time as a whole is shared out among the turns, and counts in these. */
function ofStage({ stage, stageEndsAt, stageBeganAt, paused, at }: MeetingSnapshot, now: number): Countdown | null {
  if (stageEndsAt === null || isRound(stage)) return null;
  const whole = stageEndsAt - (stageBeganAt ?? at);
  return { ...until(stageEndsAt, paused ? at : now, whole), of: paused ? "standing" : "stage", mark: "calm" };
}

function ofTurn(turn: TurnSnapshot, now: number): Countdown | null {
  if (turn.status === "offered") {
    return turn.lapsesAt === null ? null : { of: "offer", ...until(turn.lapsesAt, now, OFFER_MS), mark: "calm" };
  }
  if (turn.lapsesAt !== null) return { of: "return", ...until(turn.lapsesAt, now, RETURN_MS), mark: "last" };
  if (turn.runningSince === null || turn.endsAt === null) {
    return { ...running(turn, turn.limitMs - turn.spentMs), of: "standing" };
  }
  if (now < turn.endsAt || turn.graceEndsAt === null) return { ...running(turn, turn.endsAt - now), of: "turn" };
  return { of: "grace", ...until(turn.graceEndsAt, now, turn.graceEndsAt - turn.endsAt), mark: "over" };
}

function running(
  { limitMs }: TurnSnapshot,
  left: number,
): { leftMs: number; fraction: number; mark: Countdown["mark"] } {
  const leftMs = Math.max(0, left);
  const late = leftMs <= limitMs * (1 - LATE_FROM);
  return { leftMs, fraction: share(leftMs, limitMs), mark: leftMs <= LAST_MS ? "last" : late ? "late" : "calm" };
}

function until(end: number, now: number, whole: number): { leftMs: number; fraction: number } {
  const leftMs = Math.max(0, end - now);
  return { leftMs, fraction: share(leftMs, whole) };
}

function share(left: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, left / whole);
}
