/** A meeting in which nobody has spoken for so long begins anew. */
const SILENT_MS = 10 * 60_000;

/**
 * Meetings that began while more was said than can be decoded: those that ran before go first, until there is room
 * again.
 */
export class Newcomers {
  readonly #now: () => number;
  readonly #heardAt = new Map<string, number>();
  readonly #behind = new Set<string>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes that a meeting has something to decode; true where it stands behind the others. */
  standsBehind(meeting: string, isFull: boolean): boolean {
    const isNew = !this.#heardAt.has(meeting);
    if (isNew) this.#forgetSilent();
    this.#heardAt.set(meeting, this.#now());
    if (!isFull) this.#behind.delete(meeting);
    else if (isNew) this.#behind.add(meeting);
    return this.#behind.has(meeting);
  }

  #forgetSilent(): void {
    for (const [meeting, at] of this.#heardAt) {
      if (this.#now() - at < SILENT_MS) continue;
      this.#heardAt.delete(meeting);
      this.#behind.delete(meeting);
    }
  }
}
