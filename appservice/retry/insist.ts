import { setTimeout as wait } from "node:timers/promises";
import { Failures, type Pace } from "./pace.ts";

export type InsistDeps = {
  readonly pace: Pace;
  /** Ends it, also while it waits. */
  readonly signal: AbortSignal;
  /** Hears of each failure: how many there were in a row, and how long it waits now. */
  readonly onFailure?: (error: unknown, failures: number, waitMs: number) => void;
};

/** Does something until it succeeds. Answers whether it did before `signal` ended it; where trying again cannot help, `work` says so by what it returns. */
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

/** Waits, or until `signal` says that nothing is waited for any more. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
