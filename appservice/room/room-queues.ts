/** Work of many rooms: they do not wait for one another; within one, it keeps its order. */
export class RoomQueues {
  readonly #last = new Map<string, Promise<void>>();

  inTurn(room: string, work: () => Promise<void>): void {
    const before = this.#last.get(room) ?? Promise.resolve();
    const after = before.then(work);
    this.#last.set(room, after);
    void after.finally(() => {
      if (this.#last.get(room) === after) this.#last.delete(room);
    });
  }

  /** Resolves once nothing is left to do in a room. */
  async idleIn(room: string): Promise<void> {
    while (this.#last.has(room)) await this.#last.get(room);
  }

  /** Resolves once nothing is left to do; work may bring about more in its room. */
  async idle(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values());
  }
}
