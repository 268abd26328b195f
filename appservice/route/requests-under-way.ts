import { endsWithin } from "../time/ends-within.ts";

/** Requests of people that are being answered, by their room. */
export class RequestsUnderWay {
  readonly #rooms = new Map<string, Set<Promise<void>>>();

  /** Notes a request for as long as it takes. */
  async during(room: string, answering: Promise<void>): Promise<void> {
    const all = this.#rooms.get(room) ?? new Set();
    this.#rooms.set(room, all.add(answering));
    try {
      await answering;
    } finally {
      all.delete(answering);
      if (all.size === 0) this.#rooms.delete(room);
    }
  }

  /** Resolves once all that are under way in a room are answered, or after a while: some bring long files. */
  async landed(room: string, withinMs: number): Promise<void> {
    await endsWithin(
      withinMs,
      Promise.allSettled(this.#rooms.get(room) ?? []).then(() => {}),
    );
  }
}
