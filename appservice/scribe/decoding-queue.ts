import type { Speech, Transcript, Engine } from "./engine.ts";

const SIDE_BY_SIDE = 2;

type Job = () => Promise<void>;

/**
 * Orders what the engine is asked for: what was said (finals) in the order it was said, two at a time. A caption of
 * speech still under way (a partial) begins only while nothing waits and no other caption is being made, so that a final
 * finds a free place at once.
 */
export class DecodingQueue {
  readonly #engine: Promise<Engine>;
  readonly #waiting: Job[] = [];
  #running = 0;
  #partials = 0;

  constructor(engine: Promise<Engine>) {
    this.#engine = engine;
    // Whoever asks is told; nobody asking is no reason to end the process.
    engine.catch(() => {});
  }

  final(speech: Speech, signal: AbortSignal): Promise<Transcript> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => this.#decode(speech, signal).then(resolve, reject));
      this.#next();
    });
  }

  /** Null when there is no room for it now; ask again with what was said by then. */
  partial(speech: Speech, signal: AbortSignal): Promise<Transcript> | null {
    if (this.#waiting.length > 0 || this.#partials > 0 || this.#running >= SIDE_BY_SIDE) return null;
    this.#partials++;
    this.#running++;
    return this.#decode(speech, signal).finally(() => {
      this.#partials--;
      this.#ended();
    });
  }

  #next(): void {
    while (this.#running < SIDE_BY_SIDE) {
      const job = this.#waiting.shift();
      if (!job) return;
      this.#running++;
      void job().finally(() => this.#ended());
    }
  }

  #ended(): void {
    this.#running--;
    this.#next();
  }

  async #decode(speech: Speech, signal: AbortSignal): Promise<Transcript> {
    const engine = await this.#engine;
    signal.throwIfAborted();
    return engine.transcribe(speech, signal);
  }
}
