import { monotonic } from "../../time/time.ts";

/** Share of the time between two showings after which an answer that had nothing new is looked at again. */
const SOONER = 8;

export type GrowingAnswerDeps<T> = {
  /** Milliseconds between two showings. */
  readonly everyMs: number;
  /** Reads the answer as far as it has come; null: there is nothing new in it. */
  readonly read: (soFar: string) => Promise<T | null>;
  readonly show: (read: T) => void;
};

/**
 * Shows an answer while it comes. Models write a letter or two at a time, so it is not read with each of them: one
 * reading at a time, and so long apart as people can read.
 */
export class GrowingAnswer<T> {
  readonly #deps: GrowingAnswerDeps<T>;
  #restsUntil = -Infinity;
  #reading: Promise<void> | null = null;
  #isOver = false;

  constructor(deps: GrowingAnswerDeps<T>) {
    this.#deps = deps;
  }

  grows(soFar: string): void {
    if (this.#isOver || this.#reading || monotonic() < this.#restsUntil) return;
    this.#reading = this.#read(soFar).finally(() => {
      this.#reading = null;
    });
  }

  /** Shows no more of it, and resolves once it is not read any more. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#reading;
  }

  async #read(soFar: string): Promise<void> {
    const { everyMs, read, show } = this.#deps;
    // Passes an error over: the answer itself brings it again, and it is told then.
    const found = await read(soFar).catch(() => null);
    if (found !== null && !this.#isOver) show(found);
    this.#restsUntil = monotonic() + (found === null ? everyMs / SOONER : everyMs);
  }
}
