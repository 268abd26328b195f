/** Waits longer after each failure in a row: a quarter of a second at first, `longestMs` at most. */
export class BackOff {
  readonly #longestMs: number;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(longestMs = 2_000) {
    this.#longestMs = longestMs;
  }

  get failures(): number {
    return this.#failures;
  }

  /** Calls `again` after the wait; a wait already under way is replaced. */
  retry(again: () => void): void {
    const ms = Math.min(250 * 2 ** this.#failures++, this.#longestMs);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(again, ms);
  }

  succeeded(): void {
    this.#failures = 0;
    this.cancel();
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}
