import { Failures, type Pace } from "./pace.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer } from "../time/time.ts";

/** Pace of a connection inside one building: a person waits for it. */
const NEARBY: Pace = { firstMs: 250, longestMs: 2_000 };

/** Calls again after a wait that grows with each failure in a row. */
export class BackOff {
  readonly #failures: Failures;
  #timer: Timer | undefined;

  constructor(pace: Partial<Pace> = {}) {
    this.#failures = new Failures({ ...NEARBY, ...pace });
  }

  get failures(): number {
    return this.#failures.count;
  }

  /** Returns the milliseconds after which `again` will be called; a wait already under way is replaced. */
  retry(again: () => void): number {
    const ms = this.#failures.add();
    clearTimer(this.#timer);
    this.#timer = startTimer(again, ms);
    return ms;
  }

  succeeded(): void {
    this.#failures.reset();
    this.cancel();
  }

  cancel(): void {
    clearTimer(this.#timer);
  }
}
