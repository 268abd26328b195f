import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import Database from "better-sqlite3";
import { DatabaseUnusable } from "../../store/database.ts";
import { MIGRATIONS } from "../../store/migrations/migrations.ts";
import { refuseMountedFile } from "../../store/mounted.ts";
import { refuseHalfRestored, refuseToBeginAnew } from "../../store/restore.ts";
import { type Finding, inOrder, problem, reasonOf, warning } from "../finding.ts";
import type { DoctorLook } from "../look.ts";

const MEGABYTE = 1_000_000;
/** A year of weekly meetings takes some 50 MB. */
const LITTLE_SPACE = 1_000 * MEGABYTE;
const NO_SPACE = 50 * MEGABYTE;

export const storage: DoctorLook = {
  title: "Database and disk",
  async look({ config, folder }) {
    const file = resolve(folder, config.database);
    return [...spaceAt(nearest(dirname(file))), databaseAt(file)];
  },
};

/** The folder itself is made at the first start. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

function spaceAt(folder: string): Finding[] {
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return [
      problem(
        `${folder} cannot be written to.`,
        "Give the service's user the right to write there, or set database to another place.",
      ),
    ];
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const said = `${Math.floor(free / MEGABYTE).toLocaleString("en")} MB are free for the database.`;
  if (free < NO_SPACE)
    return [problem(said, "Make room on that disk, or set database to another one: a full disk stops every meeting.")];
  return [free < LITTLE_SPACE ? warning(said, "Make room on that disk before it is full.") : inOrder(said)];
}

function databaseAt(file: string): Finding {
  const unusable = inWords(() => [refuseMountedFile(file), refuseHalfRestored(file), refuseToBeginAnew(file)]);
  if (unusable) return unusable;
  if (!existsSync(file)) return inOrder("There is no database yet; the first start makes one.");
  try {
    const db = new Database(file, { readonly: true });
    try {
      const found = Number(db.pragma("user_version", { simple: true }));
      if (found > MIGRATIONS.length) {
        return problem(
          `${file} was written by a newer Mindminder.`,
          "Run the newer version, or restore a backup made before the upgrade.",
        );
      }
      const health = String(db.pragma("quick_check", { simple: true }));
      if (health !== "ok")
        return problem(
          `${file} is damaged: ${health}.`,
          "Restore the newest backup; running meetings are taken up from their rooms.",
        );
      return inOrder(
        found < MIGRATIONS.length
          ? "The database is of an older version; the next start brings it up to this one."
          : "The database is whole.",
      );
    } finally {
      db.close();
    }
  } catch (error) {
    return problem(
      `${file} cannot be read as a database (${reasonOf(error)}).`,
      "Restore a backup, or move the file away: the service then makes a new one.",
    );
  }
}

function inWords(look: () => unknown): Finding | null {
  try {
    look();
    return null;
  } catch (error) {
    if (error instanceof DatabaseUnusable) return problem(error.message, "Then look again.");
    throw error;
  }
}
