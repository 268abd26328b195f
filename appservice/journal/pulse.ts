import type Database from "better-sqlite3";
import { isStorageFailure } from "../store/storage-guard.ts";
import { type UnitOfWork, unitOf } from "../store/unit-of-work.ts";

/** Milliseconds between two beats. */
export const BEAT_EVERY_MS = 2_000;
/** A longer gap between two is no slow machine: nobody was heard. */
export const LONGEST_GAP_MS = 5_000;

/**
 * The last moment at which the service could hear people and keep what they asked for. It is in the database, so a
 * service that begins anew knows how long it was away, and one that stood still, or could not write, how long it did.
 */
export class Pulse {
  readonly #db: Database.Database;
  readonly #unit: UnitOfWork;
  readonly #now: () => number;
  #at: number | null;
  #hasBeaten = false;
  /** Milliseconds for which other writes wait for whoever holds the database. */
  readonly #patienceMs: number;

  constructor(db: Database.Database, now: () => number) {
    [this.#db, this.#unit, this.#now] = [db, unitOf(db), now];
    this.#patienceMs = Number(db.pragma("busy_timeout", { simple: true }));
    const row = db.prepare("SELECT at FROM pulse").get() as { at: number } | undefined;
    this.#at = row?.at ?? null;
  }

  /** Null: it never beat. */
  get lastAt(): number | null {
    return this.#at;
  }

  /**
   * Moment since which nobody was heard; null: there was none such. Of a life before this one of which no beat was
   * kept, nothing is known but what it wrote: all that is later counts as missed.
   */
  missedSince(): number | null {
    const at = this.#at ?? 0;
    return this.#hasBeaten && this.#now() - at <= LONGEST_GAP_MS ? null : at;
  }

  /**
   * Notes that people are heard now. `kept`: somebody would lose by it if the service forgot that. A database that
   * cannot be written at this moment leaves the last beat as it was, which is the truth.
   */
  beat(kept: boolean): void {
    const before = { at: this.#at, hasBeaten: this.#hasBeaten };
    const at = this.#now();
    if (kept && !this.#keep(at)) return;
    [this.#at, this.#hasBeaten] = [at, true];
    this.#unit.onRollback(() => ([this.#at, this.#hasBeaten] = [before.at, before.hasBeaten]));
  }

  /** Waits for nobody who holds the database: it will beat again soon. */
  #keep(at: number): boolean {
    try {
      this.#db.pragma("busy_timeout = 0");
      this.#db.prepare("INSERT OR REPLACE INTO pulse (one, at) VALUES (1, ?)").run(at);
      return true;
    } catch (error) {
      if (this.#unit.open || !isStorageFailure(error)) throw error;
      return false;
    } finally {
      this.#db.pragma(`busy_timeout = ${this.#patienceMs}`);
    }
  }
}
