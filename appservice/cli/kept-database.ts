import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type Database from "better-sqlite3";
import { loadKept } from "../configuration/load-config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { openDatabase } from "../store/database.ts";
import { refuseHalfRestored } from "../store/restore.ts";

/**
 * Does work on the database that a configuration names, and closes it. Throws `BadFiles` where there is none: opening
 * would make one.
 */
export async function withKeptDatabase<T>(config: string, work: (db: Database.Database) => Promise<T>): Promise<T> {
  const { folder, database } = loadKept(config);
  const file = resolve(folder, database);
  refuseHalfRestored(file);
  if (!existsSync(file))
    throw badArgument(file, "there is no such database.", "It is made when the service runs for the first time.");
  const db = openDatabase(file);
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

/** Something that somebody gave a command, and that cannot be. */
export function badArgument(given: string, problem: string, remedy: string): BadFiles {
  return new BadFiles([{ file: given, key: "", problem, remedy }]);
}
