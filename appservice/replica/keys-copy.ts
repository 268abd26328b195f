import { existsSync, statSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import Database from "better-sqlite3";
import type { Logger } from "pino";
import type { Timer } from "../time/source.ts";
import { clearTimer, repeat } from "../time/time.ts";
import { type FilePlace, filePlace } from "./file-place.ts";
import { keysBeside, mergeKeys } from "../store/word-keys.ts";

const LOOK_EVERY_MS = 1_000;

/**
 * Copy of the keys of people's words, as the file is now and no older: a key that was destroyed is gone from it a
 * second later, and with it the words in the copy of the database, which remembers for a day.
 */
export class KeysCopy {
  readonly #keys: string;
  readonly #place: FilePlace;
  readonly #log: Logger;
  readonly #timer: Timer;
  #copied = "";
  #copying: Promise<void> | null = null;

  constructor(database: string, to: string, log: Logger) {
    [this.#keys, this.#place, this.#log] = [keysBeside(database), filePlace(to), log];
    this.#timer = repeat(() => void this.#look(), LOOK_EVERY_MS);
    void this.#look();
  }

  async stop(): Promise<void> {
    clearTimer(this.#timer);
    await this.#copying;
    await this.#look();
  }

  #look(): Promise<void> {
    const state = stateOf(this.#keys);
    if (this.#copying || state === this.#copied) return Promise.resolve();
    this.#copying = this.#copy()
      .then(() => {
        this.#copied = state;
      })
      .catch((error: unknown) =>
        this.#log.error(
          { err: error },
          "the keys of people's words are not in the copy: without them it reads nobody's",
        ),
      )
      .finally(() => {
        this.#copying = null;
      });
    return this.#copying;
  }

  async #copy(): Promise<void> {
    const whole = `${this.#keys}-copying`;
    const db = new Database(this.#keys, { readonly: true, fileMustExist: true });
    try {
      await db.backup(whole);
    } finally {
      db.close();
    }
    try {
      // One file, which is read where nothing may be written beside it.
      const copy = new Database(whole);
      copy.pragma("journal_mode = DELETE");
      copy.close();
      await this.#place.put(await readFile(whole));
    } finally {
      await rm(whole, { force: true });
    }
  }
}

/** Takes over the keys that a copy has; where there is none nothing happens. */
export async function bringKeys(from: string, database: string): Promise<void> {
  const content = await filePlace(from).get();
  if (!content) return;
  const brought = `${keysBeside(database)}-brought`;
  await writeFile(brought, content, { mode: 0o600 });
  try {
    mergeKeys(brought, database);
  } finally {
    await rm(brought, { force: true });
  }
}

/** Changes whenever something is written: into the file, or the log beside it. */
function stateOf(file: string): string {
  return [file, `${file}-wal`]
    .filter((each) => existsSync(each))
    .map((each) => statSync(each))
    .map(({ mtimeMs, size }) => `${mtimeMs} ${size}`)
    .join(" ");
}
