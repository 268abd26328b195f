import { Failures, type Pace } from "./pace.ts";
import { sleep } from "../time/time.ts";

export type InsistDeps = {
  readonly pace: Pace;
  /** Ends the attempts, also during a wait. */
  readonly signal: AbortSignal;
  /** Called at each failure, with the number of failures in a row and the length of the wait. */
  readonly onFailure?: (error: unknown, failures: number, waitMs: number) => void;
};

/**
 * Does something until it succeeds. Returns false where `signal` ended it before; work that sees no use in another try
 * returns without an error.
 */
export async function insist(work: () => Promise<unknown>, { pace, signal, onFailure }: InsistDeps): Promise<boolean> {
  const failures = new Failures(pace);
  while (!signal.aborted) {
    try {
      await work();
      return true;
    } catch (error) {
      const ms = failures.add();
      onFailure?.(error, failures.count, ms);
      await pause(ms, signal);
    }
  }
  return false;
}

/** Waits for so many milliseconds, or until `signal` ends the wait. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, { signal }).catch(() => undefined);
}
