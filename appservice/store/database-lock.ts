import { statSync } from "node:fs";
import Database from "better-sqlite3";
import { DatabaseUnusable, isRefused } from "./database.ts";
import { belongsToAnother } from "./owner.ts";
import { placeOf } from "./place.ts";

/** A service that is being stopped may still need a moment. */
const PATIENCE_MS = 3_000;

/**
 * Holds the database for this process alone: two services on one journal would each give the word. A lock on a file
 * beside it, which the system lets go of however the process ends; readers (`export`, `backup`, `doctor`) do not ask
 * for it.
 */
export function holdDatabase(file: string, patienceMs = PATIENCE_MS): () => void {
  if (namesOf(file) > 1)
    throw new DatabaseUnusable(
      `${file}: the file has another name besides (a hard link), by which a second service could work with it. Remove that one.`,
    );
  let lock: Database.Database | null = null;
  try {
    lock = new Database(`${placeOf(file)}-lock`, { timeout: patienceMs });
    lock.exec("BEGIN EXCLUSIVE");
    const held = lock;
    return () => held.close();
  } catch (error) {
    lock?.close();
    const busy = (error as { code?: string }).code === "SQLITE_BUSY";
    const theirs = isRefused(error) ? belongsToAnother(file) : null;
    const why = theirs
      ? `cannot be locked: ${theirs}`
      : busy
        ? "another Mindminder works with it. Stop that one first"
        : `cannot be locked (${String(error)}). Check that its folder is writable, and that there is space on its disk`;
    throw new DatabaseUnusable(`${file}: ${why}.`, { cause: error });
  }
}

function namesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.nlink ?? 0;
}
