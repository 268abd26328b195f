import { random } from "../time/chance.ts";
/** Milliseconds of the wait after the first failure, and of the longest one. */
export type Pace = { readonly firstMs: number; readonly longestMs: number };

/**
 * Share of a wait that may fall away at random, so that all who lost the same server do not knock in the same moment.
 */
const SPREAD = 0.25;

/**
 * Milliseconds to wait after so many failures in a row, the first being 1: twice as long each time, up to the longest.
 */
export function waitAfter(failures: number, pace: Pace, chance: () => number = random): number {
  return Math.round(fullWait(failures, pace) * (1 - SPREAD * chance()));
}

/** Milliseconds of the wait without its random part, for decisions that rest on it. */
export function fullWait(failures: number, { firstMs, longestMs }: Pace): number {
  return Math.min(firstMs * 2 ** Math.min(Math.max(failures, 1) - 1, 30), longestMs);
}

/** Counts failures in a row. */
export class Failures {
  readonly #pace: Pace;
  #count = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  get count(): number {
    return this.#count;
  }

  /** Tells whether it has failed for so long that the next wait is as long as any. */
  get isLong(): boolean {
    return this.#count > 0 && fullWait(this.#count + 1, this.#pace) === this.#pace.longestMs;
  }

  /** Counts one more failure; returns the milliseconds to wait. */
  add(): number {
    this.#count += 1;
    return waitAfter(this.#count, this.#pace);
  }

  reset(): void {
    this.#count = 0;
  }
}
