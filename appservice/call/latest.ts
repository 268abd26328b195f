import { BackOff } from "./back-off.ts";

/**
 * Sends the latest value and only that: one send at a time, so that an older value never overtakes a newer one; what was
 * replaced while waiting is not sent; a failed send is tried again until it succeeds or is replaced.
 */
export class Latest<T> {
  readonly #send: (value: T) => Promise<void>;
  readonly #onFailure: (error: unknown) => void;
  readonly #backOff = new BackOff();
  #waiting: { value: T } | null = null;
  #sending = false;
  #closed = false;

  /** `onFailure` hears of the first failure of a row. */
  constructor(send: (value: T) => Promise<void>, onFailure: (error: unknown) => void) {
    this.#send = send;
    this.#onFailure = onFailure;
  }

  get settled(): boolean {
    return this.#waiting === null && !this.#sending;
  }

  put(value: T): void {
    this.#waiting = { value };
    this.#next();
  }

  /** What waits for its next try is tried now. */
  hurry(): void {
    this.#next();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = null;
    this.#backOff.cancel();
  }

  #next(): void {
    const next = this.#waiting;
    if (this.#sending || this.#closed || !next) return;
    this.#waiting = null;
    this.#sending = true;
    this.#send(next.value).then(
      () => {
        this.#sending = false;
        this.#backOff.succeeded();
        this.#next();
      },
      (error: unknown) => {
        this.#sending = false;
        if (this.#backOff.failures === 0) this.#onFailure(error);
        this.#waiting ??= next;
        if (!this.#closed) this.#backOff.retry(() => this.#next());
      },
    );
  }
}
