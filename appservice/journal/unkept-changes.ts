import type { UnitOfWork } from "../store/unit-of-work.ts";

/** Changes that happened while the journal could not be written, and that nobody can be asked to make again. */
export class UnkeptChanges {
  readonly #unit: UnitOfWork;
  readonly #onNotKept: (error: unknown) => boolean;
  #later: (() => void)[] = [];

  /**
   * `onNotKept` hears why the journal could not be written; true where that is seen to, and `makeNow` will be called.
   */
  constructor(unit: UnitOfWork, onNotKept: (error: unknown) => boolean = () => false) {
    this.#unit = unit;
    this.#onNotKept = onNotKept;
  }

  /** Throws the error unless somebody sees to it. Inside a unit its opener does: all of it is done again. */
  throwUnlessSeenTo(error: unknown): void {
    if (this.#unit.open || !this.#onNotKept(error)) throw error;
  }

  add(change: () => void): void {
    this.#later.push(change);
  }

  makeNow(): void {
    const later = this.#later;
    this.#later = [];
    for (const change of later) change();
  }
}
