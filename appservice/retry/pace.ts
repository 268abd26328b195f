/** Milliseconds: after the first failure, and at most. */
export type Pace = { readonly firstMs: number; readonly longestMs: number };

/** As much of a wait may fall away, so that all who lost the same server do not knock in the same moment. */
const SPREAD = 0.25;

/** Milliseconds to wait after so many failures in a row, the first being 1: twice as long each time, up to the longest. */
export function waitAfter(failures: number, pace: Pace, chance: () => number = Math.random): number {
  return Math.round(fullWait(failures, pace) * (1 - SPREAD * chance()));
}

/** The same without the random part, for what is decided by it. */
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

  /** It has failed for so long that the next wait is as long as any. */
  get isLong(): boolean {
    return this.#count > 0 && fullWait(this.#count + 1, this.#pace) === this.#pace.longestMs;
  }

  /** One more; answers how many milliseconds to wait. */
  add(): number {
    this.#count += 1;
    return waitAfter(this.#count, this.#pace);
  }

  reset(): void {
    this.#count = 0;
  }
}
