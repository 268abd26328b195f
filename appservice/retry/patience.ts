import { clearTimer, repeat } from "../time/time.ts";

/** Steps in which the time is counted; one that took longer counts as one. */
const STEP_MS = 100;

/**
 * A time-out that counts the time in which this process ran: of one that stood still itself (a locked database, a
 * machine that slept, SIGSTOP) nobody can say that the other side was slow. Its `signal` aborts after `ms`, a step more
 * at most, unless `end` is called before.
 */
export function patience(ms: number): { readonly signal: AbortSignal; end(): void } {
  const ending = new AbortController();
  let left = ms;
  const counting = repeat(() => {
    left -= STEP_MS;
    if (left > 0) return;
    clearTimer(counting);
    ending.abort(new DOMException(`no answer within ${ms} ms`, "TimeoutError"));
  }, STEP_MS).unref();
  return { signal: ending.signal, end: () => clearTimer(counting) };
}
