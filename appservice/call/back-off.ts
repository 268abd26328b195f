/** Waits longer after each failure in a row: a quarter of a second at first, two seconds at most. */
export class BackOff {
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;

  get failures(): number {
    return this.#failures;
  }

  /** Calls `again` after the wait; a wait already under way is replaced. */
  retry(again: () => void): void {
    const ms = Math.min(250 * 2 ** this.#failures++, 2_000);
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
