type Sample = { readonly offset: number; readonly roundTrip: number; readonly at: number };

const SAMPLE_LASTS_MS = 120_000;

/** The service's clock is the one that counts; a person's own may be minutes off, or be set while we run. */
export class ServerClock {
  readonly #local: () => number;
  #best: Sample | null = null;

  constructor(local: () => number = () => performance.timeOrigin + performance.now()) {
    this.#local = local;
  }

  /** Local time, to note when a request was sent. */
  local(): number {
    return this.#local();
  }

  /**
   * The service read its clock somewhere between sending and receiving; the quicker the round, the surer the middle.
   */
  observe(serverTime: number, sentAt: number): void {
    const at = this.#local();
    const roundTrip = at - sentAt;
    const best = this.#best;
    if (best && roundTrip > best.roundTrip * 1.2 + 5 && at - best.at < SAMPLE_LASTS_MS) return;
    this.#best = { offset: serverTime - (sentAt + roundTrip / 2), roundTrip, at };
  }

  now(): number {
    return this.#local() + (this.#best?.offset ?? 0);
  }
}
