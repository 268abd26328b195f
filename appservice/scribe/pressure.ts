/** Half-life of the memory of waiting speech. */
const HALF_LIFE_MS = 10_000;
/** Seconds of waiting speech that make captions come half as often. */
const HALVES_AT = 3;
/** Seconds of waiting speech from which on there are no captions until it is better. */
const STOPS_AT = 15;

/** Measures how much speech waited lately, in seconds: captions get rarer as it grows; the record keeps its pace. */
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
