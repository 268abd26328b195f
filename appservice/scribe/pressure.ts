/** What waited is forgotten by half in this time. */
const HALF_LIFE_MS = 10_000;
/** So many seconds of waiting speech make captions come half as often. */
const HALVES_AT = 3;
/** From here on there are none until it is better. */
const STOPS_AT = 15;

/** How much speech waited lately, in seconds: captions get rarer as it grows, and what is written down does not. */
export class Pressure {
  readonly #now: () => number;
  #seconds = 0;
  #at = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  note(secondsWaiting: number): void {
    this.#seconds = Math.max(this.#left(), secondsWaiting);
    this.#at = this.#now();
  }

  stretched(ms: number): number | null {
    const seconds = this.#left();
    return seconds >= STOPS_AT ? null : ms * (1 + seconds / HALVES_AT);
  }

  #left(): number {
    return this.#seconds * 0.5 ** ((this.#now() - this.#at) / HALF_LIFE_MS);
  }
}
