import type { Logger } from "pino";
import type Database from "better-sqlite3";
import type { Timer } from "../time/source.ts";
import { clearTimer, repeat } from "../time/time.ts";

const PROBE_EVERY_MS = 1_000;

/** The database refuses to be written: no space, no permission, a broken disk, another process that holds it. */
export function isStorageFailure(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^SQLITE_(FULL|IOERR|READONLY|BUSY|LOCKED|CANTOPEN)/.test(code);
}

export type StorageGuardDeps = {
  readonly db: Database.Database;
  readonly log: Logger;
  readonly probeEveryMs?: number;
};

/**
 * Knows whether events can be kept. Writers that fail say so here; from then on it is tried until a write succeeds, and
 * those who wait are told.
 */
export class StorageGuard {
  readonly #options: StorageGuardDeps;
  readonly #file: string;
  #timer: Timer | null = null;
  #waiting: (() => void)[] = [];
  #onBack: () => void = () => {};
  #stopped = false;

  constructor(options: StorageGuardDeps) {
    this.#options = options;
    this.#file = options.db.name;
  }

  get broken(): boolean {
    return this.#timer !== null;
  }

  /** Called each time that it can be written again, before those who wait go on. */
  whenBack(work: () => void): void {
    this.#onBack = work;
  }

  /** Tells whether an error is the storage's; if so, it is seen to. */
  failed(error: unknown): boolean {
    if (!isStorageFailure(error)) return false;
    if (this.#timer || this.#stopped) return true;
    this.#options.log.error(
      { err: error, file: this.#file },
      "the database cannot be written: nothing new is taken until it can. Make space on its disk, or see to its permissions; the service goes on by itself",
    );
    this.#timer = repeat(() => this.#probe(), this.#options.probeEveryMs ?? PROBE_EVERY_MS);
    return true;
  }

  /**
   * Does work anew, whole, each time that the storage failed it and is back. Resolves also when `signal` or the
   * service's end stops the trying.
   */
  async untilKept(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        return await work();
      } catch (error) {
        if (!this.failed(error)) throw error;
        if (this.#stopped) return;
        await this.#back();
      }
    }
  }

  async #back(): Promise<void> {
    if (this.broken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Stops waiting for space: changes that could not be kept are taken up at the next start. */
  stop(): void {
    this.#stopped = true;
    this.#clear();
    this.#release();
  }

  /** A real write, which changes nothing. */
  #probe(): void {
    const { db, log } = this.#options;
    try {
      db.pragma(`user_version = ${Number(db.pragma("user_version", { simple: true }))}`);
      // Pages written into the log beside the database are moved into it, so that the log does not grow on a small
      // disk.
      db.pragma("wal_checkpoint(PASSIVE)");
      this.#clear();
      this.#onBack();
    } catch (error) {
      if (!this.failed(error)) throw error;
      return;
    }
    if (this.broken) return;
    log.info({ file: this.#file }, "the database can be written again");
    this.#release();
  }

  #clear(): void {
    if (this.#timer) clearTimer(this.#timer);
    this.#timer = null;
  }

  #release(): void {
    for (const go of this.#waiting.splice(0)) go();
  }
}
