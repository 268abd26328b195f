import { randomBytes, randomInt } from "node:crypto";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";

/** Something that will happen. `unref`: the process need not live until it does. `refresh`: it waits from now on. */
export type Timer = { unref(): Timer; refresh(): Timer };

/** `signal`: ends it before its time. `ref`: false where the process need not live until then. */
type Sleep = { readonly signal?: AbortSignal; readonly ref?: boolean };

/** Source of all that a run owes to the moment and to luck: its clocks, its waiting, its dice. */
export type TimeSource = {
  /** Milliseconds since the epoch as the machine's clock has them, which may be set back. */
  readonly wallClock: () => number;
  /** Milliseconds since some moment; they never run back. */
  readonly monotonic: () => number;
  readonly startTimer: (work: () => void, ms: number) => Timer;
  readonly repeat: (work: () => void, ms: number) => Timer;
  readonly clearTimer: (timer: Timer) => void;
  /** Does it when the present work and all that follows from it at once is done. */
  readonly soon: (work: () => void) => void;
  readonly nextTurn: () => Promise<void>;
  /** Throws an `AbortError` where a signal ends the wait. */
  readonly sleep: (ms: number, how?: Sleep) => Promise<void>;
  readonly timeLimit: (ms: number) => AbortSignal;
  /** A number from 0 up to, but not, 1. Not for secrets. */
  readonly random: () => number;
  /** Whole number from 0 up to, but not, `below`, which nobody can guess. */
  readonly randomBelow: (below: number) => number;
  /** Bytes that nobody can guess. */
  readonly randomBytes: (length: number) => Buffer;
};

/** The machine's own. The globals are looked up at each call, for tests put others in their places. */
const MACHINE: TimeSource = {
  wallClock: () => Date.now(),
  monotonic: () => performance.now(),
  startTimer: (work, ms) => setTimeout(work, ms),
  repeat: (work, ms) => setInterval(work, ms),
  clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
  soon: (work) => void setImmediate(work),
  nextTurn: () => turn(),
  sleep: (ms, how) => wait(ms, undefined, how),
  timeLimit: (ms) => AbortSignal.timeout(ms),
  random: () => Math.random(),
  randomBelow: (below) => randomInt(below),
  randomBytes: (length) => randomBytes(length),
};

let present = MACHINE;

export const timeSource = (): TimeSource => present;

/** Puts another in the machine's place, for a whole run that is simulated. Returns how it is put back. */
export function simulateTime(source: TimeSource): () => void {
  const before = present;
  present = source;
  return () => void (present = before);
}
