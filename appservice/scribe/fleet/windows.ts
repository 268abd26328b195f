type Waiting = { readonly begin: () => void };

/**
 * Lets so much work of each meeting be under way, and no more: a meeting in which much is said does not keep the others
 * waiting.
 */
export class Windows {
  readonly #size: number;
  readonly #out = new Map<string, number>();
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(size: number) {
    this.#size = size;
  }

  async run<T>(meeting: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#enter(meeting, signal);
    try {
      return await work();
    } finally {
      this.#leave(meeting);
    }
  }

  #enter(meeting: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const out = this.#out.get(meeting) ?? 0;
    if (out < this.#size) {
      this.#out.set(meeting, out + 1);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const entry: Waiting = { begin: resolve };
      this.#waiting.set(meeting, [...(this.#waiting.get(meeting) ?? []), entry]);
      const giveUp = () => {
        this.#keep(
          meeting,
          (this.#waiting.get(meeting) ?? []).filter((one) => one !== entry),
        );
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  /** Hands the place on to whoever has waited longest. */
  #leave(meeting: string): void {
    const [next, ...rest] = this.#waiting.get(meeting) ?? [];
    this.#keep(meeting, rest);
    if (next) return next.begin();
    const out = (this.#out.get(meeting) ?? 1) - 1;
    if (out === 0) this.#out.delete(meeting);
    else this.#out.set(meeting, out);
  }

  #keep(meeting: string, waiting: Waiting[]): void {
    if (waiting.length > 0) this.#waiting.set(meeting, waiting);
    else this.#waiting.delete(meeting);
  }
}
