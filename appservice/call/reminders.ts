import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer } from "../time/time.ts";
/**
 * Waits before each repetition. On a machine short of processor time a browser takes many seconds to publish, and hears
 * nothing until then.
 */
const AGAIN_AFTER_MS = [250, 1_000, 3_000, 7_000, 15_000, 30_000];

/** Repeats an action a few times after growing waits, until it is closed. */
export class Reminders {
  readonly #timers = new Set<Timer>();

  add(remind: () => void): void {
    for (const ms of AGAIN_AFTER_MS) {
      const timer = startTimer(() => {
        this.#timers.delete(timer);
        remind();
      }, ms);
      this.#timers.add(timer);
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimer(timer);
  }
}
