import { statSync } from "node:fs";
import Database from "better-sqlite3";
import { MIGRATIONS } from "./migrations/migrations.ts";
import { belongsToAnother } from "./owner.ts";
import { keepStatements } from "./statements.ts";
import { AdminError } from "../protocol/mindminder-error.ts";

/** The database cannot be used; the sentence names the file and the remedy. */
export class DatabaseUnusable extends AdminError {
  constructor(message: string, options?: ErrorOptions) {
    super("DATABASE_UNUSABLE", message, options);
  }
}

/**
 * Opens the database and brings it to this version's form, one step a transaction. `:memory:` serves tests.
 * WAL with `synchronous = NORMAL` loses nothing when the process is killed; a power cut may cost the last moments.
 */
export function openDatabase(file: string): Database.Database {
  let db: Database.Database | null = null;
  try {
    refuseEmptied(file);
    db = new Database(file);
    checkWhole(db, file);
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = NORMAL");
    db.pragma("busy_timeout = 5000");
    db.pragma("foreign_keys = ON");
    // Overwritten and deleted data is not left in the file.
    db.pragma("secure_delete = ON");
    migrate(db, file);
    keepStatements(db);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof DatabaseUnusable) throw error;
    const theirs = isRefused(error) ? belongsToAnother(file) : null;
    if (theirs) throw new DatabaseUnusable(`${file}: cannot be opened: ${theirs}`, { cause: error });
    throw new DatabaseUnusable(
      `${file}: cannot be opened as a database (${String(error)}). Check that the folder exists, is writable and has space, or restore a backup: “mindminder restore” keeps the damaged file.`,
      { cause: error },
    );
  }
}

/** Tells whether the file is right, but its owner or its rights are wrong. */
export function isRefused(error: unknown): boolean {
  return /^(SQLITE_(CANTOPEN|READONLY|PERM)|EACCES|EPERM)/.test(String((error as { code?: unknown }).code));
}

/** SQLite would begin anew in a file of no length, which is what may be left of one after a power cut. */
function refuseEmptied(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.size !== 0) return;
  throw new DatabaseUnusable(
    `${file}: is there, and empty. If something was in it, run “mindminder restore” with a backup and check the disk; if nothing ever was, remove it.`,
  );
}

/**
 * Refuses a damaged file and leaves it as it is: the rest of it may be needed. 50 MB are read in a tenth of a second.
 */
function checkWhole(db: Database.Database, file: string): void {
  const damage = damageIn(db);
  if (damage)
    throw new DatabaseUnusable(
      `${file}: is damaged (${damage}). It is left as it is. Run “mindminder restore” with a backup, which keeps the damaged one; check the disk.`,
    );
}

/** The first thing that SQLite finds wrong with its file. */
export function damageIn(db: Database.Database): string | null {
  const found = String(db.pragma("quick_check(1)", { simple: true }));
  return found === "ok" ? null : found.replaceAll("\n", " ");
}

function migrate(db: Database.Database, file: string): void {
  const found = Number(db.pragma("user_version", { simple: true }));
  if (found > MIGRATIONS.length) {
    throw new DatabaseUnusable(
      `${file}: was written by a newer Mindminder (form ${found}, this one knows ${MIGRATIONS.length}). Run the newer version, or restore a backup made before the upgrade.`,
    );
  }
  for (const [step, sql] of MIGRATIONS.entries()) {
    if (step < found) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${step + 1}`);
    })();
  }
  // Data that was overwritten while the file kept it is put out of it, once.
  if (found > 0 && found < FORGETS_SINCE) db.exec("VACUUM");
}

/** The first form in whose time nothing overwritten stayed in the file. */
const FORGETS_SINCE = 12;

/**
 * Empties SQLite's log beside the database, so that data overwritten lately is not left there either. Whoever reads at
 * this moment, such as a program that copies the database, is not waited for. False where the log could not be emptied
 * for that: it is to be tried again.
 */
export function emptyLog(db: Database.Database): boolean {
  const patience = Number(db.pragma("busy_timeout", { simple: true }));
  db.pragma("busy_timeout = 0");
  try {
    return db.pragma("wal_checkpoint(TRUNCATE)", { simple: true }) === 0;
  } finally {
    db.pragma(`busy_timeout = ${patience}`);
  }
}
