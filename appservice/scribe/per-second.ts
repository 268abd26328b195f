import { monotonic } from "../time/time.ts";

/** Average over the last moments of what comes in: so much a second. */
export class PerSecond {
  readonly #windowMs: number;
  #entries: { readonly at: number; readonly amount: number }[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  add(amount: number): void {
    this.#entries.push({ at: monotonic(), amount });
  }

  get value(): number {
    const from = monotonic() - this.#windowMs;
    this.#entries = this.#entries.filter(({ at }) => at > from);
    return (this.#entries.reduce((sum, { amount }) => sum + amount, 0) * 1_000) / this.#windowMs;
  }
}
