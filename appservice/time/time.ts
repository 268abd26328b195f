import { type TimeSource, type Timer, timeSource } from "./source.ts";

/** Milliseconds since the epoch as the machine's clock has them: it may be set back meanwhile. */
export const wallClock = (): number => timeSource().wallClock();

/** Milliseconds since some moment, for how long something takes: they never run back. */
export const monotonic = (): number => timeSource().monotonic();

/** Does it once, after so many milliseconds. */
export const startTimer: TimeSource["startTimer"] = (work, ms) => timeSource().startTimer(work, ms);

/** Does it again and again, first after so many milliseconds. */
export const repeat: TimeSource["repeat"] = (work, ms) => timeSource().repeat(work, ms);

/** Ends what `startTimer` or `repeat` has begun. */
export function clearTimer(timer: Timer | null | undefined): void {
  if (timer) timeSource().clearTimer(timer);
}

/** Does it when the present work, and all that follows from it at once, is done. */
export const soon = (work: () => void): void => timeSource().soon(work);

/** Lets all others have their turn. */
export const nextTurn = (): Promise<void> => timeSource().nextTurn();

/** Waits for so many milliseconds. Throws an `AbortError` where `signal` ends the wait. */
export const sleep: TimeSource["sleep"] = (ms, how) => timeSource().sleep(ms, how);

/** Aborts after so many milliseconds, with a `TimeoutError`. */
export const timeLimit: TimeSource["timeLimit"] = (ms) => timeSource().timeLimit(ms);
