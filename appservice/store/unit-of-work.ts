import type Database from "better-sqlite3";
import { isStorageFailure } from "./storage-guard.ts";

const units = new WeakMap<Database.Database, UnitOfWork>();

/** The unit of work of a database: there is one for each connection, as there is one transaction. */
export function unitOf(db: Database.Database): UnitOfWork {
  const known = units.get(db);
  if (known) return known;
  const unit = new UnitOfWork(db);
  units.set(db, unit);
  return unit;
}

/**
 * Keeps together all that one cause brings about: entries of the journal, messages, settings, and that an event was
 * handled. All of it is written at once, or nothing is, and then memory is as it was. Nothing is told to anybody before
 * it is written. Work inside sees earlier work in the same unit, in memory as in the database.
 */
export class UnitOfWork {
  readonly #transaction: (work: () => unknown) => unknown;
  /** Work that is open, one inside another. */
  #depth = 0;
  #undo: (() => void)[] = [];
  #toTell: (() => void)[] = [];
  /** A failure after which the database may have given up the whole transaction by itself. */
  #doomed: { readonly by: unknown } | null = null;
  readonly #waiting: (() => void)[] = [];
  #telling = false;
  #onTellFailed: (error: unknown) => void = throwLater;

  constructor(db: Database.Database) {
    this.#transaction = db.transaction((work: () => unknown) => work());
  }

  get open(): boolean {
    return this.#depth > 0;
  }

  /** Sets who hears of errors that listeners threw; these cannot undo what is written. */
  onTellFailed(report: (error: unknown) => void): void {
    this.#onTellFailed = report;
  }

  /**
   * Does work whole or not at all: in the open unit, or in one of its own. It is synchronous. Errors of the work are
   * thrown on.
   */
  run<T>(work: () => T): T {
    const [undone, told] = [this.#undo.length, this.#toTell.length];
    const outermost = this.#depth === 0;
    this.#depth += 1;
    try {
      return this.#transaction(() => this.#unlessDoomed(work, outermost)) as T;
    } catch (error) {
      if (!outermost && isStorageFailure(error)) this.#doomed ??= { by: error };
      for (const undo of this.#undo.splice(undone).reverse()) undo();
      this.#toTell.length = told;
      throw error;
    } finally {
      this.#depth -= 1;
      if (outermost) this.#close();
    }
  }

  /** Refuses to commit without the write that failed, even if the failure of the storage was caught inside. */
  #unlessDoomed<T>(work: () => T, outermost: boolean): T {
    if (this.#doomed) throw this.#doomed.by;
    const result = work();
    if (outermost && this.#doomed) throw (this.#doomed as { readonly by: unknown }).by;
    return result;
  }

  #close(): void {
    this.#doomed = null;
    this.#undo = [];
    const toTell = this.#toTell;
    this.#toTell = [];
    this.#tellAll(toTell);
  }

  /** Something in memory has changed: when the unit comes to nothing, `undo` makes it as it was. */
  onRollback(undo: () => void): void {
    if (this.open) this.#undo.push(undo);
  }

  /** Does something once all is written; at once where no unit is open. Errors of one keep no other from being told. */
  afterCommit(tell: () => void): void {
    if (this.open) this.#toTell.push(tell);
    else this.#tellAll([tell]);
  }

  /** Tells one after another: a listener may bring about more, which is told after this. */
  #tellAll(toTell: readonly (() => void)[]): void {
    this.#waiting.push(...toTell);
    if (this.#telling) return;
    this.#telling = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.tell(next);
    this.#telling = false;
  }

  /** Tells one of several who are told of the same. */
  tell(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#onTellFailed(error);
    }
  }
}

/** A fault of this code, which stops the process as one that nobody catches does. */
function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
