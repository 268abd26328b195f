import { clearTimer, startTimer } from "../time/time.ts";

/** Those who wait a moment for the key of a session. */
export class KeysAwaited {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Resolves once it has come, or after so many milliseconds. */
  within(session: string, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const waiters = this.#waiting.get(session) ?? new Set();
      this.#waiting.set(session, waiters);
      const done = () => {
        clearTimer(timer);
        waiters.delete(done);
        if (waiters.size === 0) this.#waiting.delete(session);
        resolve();
      };
      const timer = startTimer(done, ms);
      waiters.add(done);
    });
  }

  came(session: string): void {
    for (const done of [...(this.#waiting.get(session) ?? [])]) done();
  }

  stop(): void {
    for (const waiters of [...this.#waiting.values()]) for (const done of [...waiters]) done();
  }
}
