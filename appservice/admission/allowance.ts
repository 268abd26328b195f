const MINUTE = 60_000;

type Window = { taken: number; readonly endsAt: number };

/** `just-over`: the first of a minute that is too much, so that its maker can be told once. */
export type Granted = "granted" | "just-over" | "over";

/**
 * Number of times in a minute that each of many may do something. Times that they have taken are held in memory: a
 * restart forgives.
 */
export class Allowance {
  readonly #most: number;
  readonly #now: () => number;
  readonly #windows = new Map<string, Window>();

  constructor(most: number, now: () => number) {
    this.#most = most;
    this.#now = now;
  }

  take(who: string): Granted {
    const window = this.#windowOf(who);
    window.taken += 1;
    if (window.taken <= this.#most) return "granted";
    return window.taken === this.#most + 1 ? "just-over" : "over";
  }

  #windowOf(who: string): Window {
    const now = this.#now();
    const open = this.#windows.get(who);
    if (open && open.endsAt > now) return open;
    this.#forgetEnded(now);
    const window = { taken: 0, endsAt: now + MINUTE };
    this.#windows.delete(who);
    this.#windows.set(who, window);
    return window;
  }

  /** Forgets windows that have ended; they stand in the order in which they end. */
  #forgetEnded(now: number): void {
    for (const [who, { endsAt }] of this.#windows) {
      if (endsAt > now) return;
      this.#windows.delete(who);
    }
  }
}
