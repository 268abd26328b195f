import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { z } from "zod";
import { damageIn, DatabaseUnusable } from "./database.ts";
import { MIGRATIONS } from "./migrations/migrations.ts";
import { onDisk } from "./place.ts";
import { WITHDRAWN, withdrawalsBeside } from "./withdrawals.ts";
import { keysBeside } from "./word-keys.ts";
import { AdminError } from "../protocol/mindminder-error.ts";

/** A backup cannot be written, or cannot be used; the sentence names the place and the remedy. */
export class BackupUnusable extends AdminError {
  constructor(message: string, options?: ErrorOptions) {
    super("BACKUP_UNUSABLE", message, options);
  }
}

/** Description in a backup's folder, beside the database and the folders of sound. */
const BackupAbout = z.object({
  madeBy: z.literal("mindminder"),
  at: z.string(),
  form: z.number().int(),
  meetings: z.number().int(),
});
export type BackupAbout = z.infer<typeof BackupAbout>;

export const DATABASE = "mindminder.db";
/** Keys of people's words. Without this file a backup reads nobody's. */
export const WORD_KEYS = "mindminder.db-keys";
const ABOUT = "backup.json";
/** Folders beside the database: sound that is kept, and speech that is no text yet. */
export const FOLDERS = ["speech-kept", "speech-waiting"] as const;

/** Writes all that the service keeps into a new folder, also while it runs: SQLite copies a state that is whole. */
export async function backUp(database: string, to: string, now: number): Promise<BackupAbout> {
  if (!existsSync(database))
    throw new DatabaseUnusable(
      `${database}: there is no such database. It is made when the service runs for the first time.`,
    );
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new BackupUnusable(`${to}: is there already. Name a new folder; a backup is never written over another.`);
  const found = existsSync(to);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  try {
    return await writeInto(to, database, now);
  } catch (error) {
    // An unfinished backup would only stand in the way of the next try.
    for (const name of found ? readdirSync(to) : []) rmSync(join(to, name), { recursive: true, force: true });
    if (!found) rmSync(to, { recursive: true, force: true });
    throw error;
  }
}

async function writeInto(to: string, database: string, now: number): Promise<BackupAbout> {
  const copy = join(to, DATABASE);
  await copyWhole(database, copy);
  // After the database, so that no key is wanting.
  if (existsSync(keysBeside(database))) await copyKeys(database, join(to, WORD_KEYS));
  if (existsSync(withdrawalsBeside(database))) cpSync(withdrawalsBeside(database), join(to, WITHDRAWN));
  for (const folder of FOLDERS) {
    const from = join(dirname(database), folder);
    if (existsSync(from)) cpSync(from, join(to, folder), { recursive: true });
  }
  // Files that looking at the copy leaves beside it are empty, and would only make one wonder.
  const found = wholeOrNot(copy);
  for (const end of ["-wal", "-shm"]) rmSync(`${copy}${end}`, { force: true });
  const about: BackupAbout = { madeBy: "mindminder", at: new Date(now).toISOString(), ...found };
  onDisk(to);
  writeFileSync(join(to, ABOUT), `${JSON.stringify(about, null, 2)}\n`, { mode: 0o600 });
  onDisk(to);
  return about;
}

/** One file, which can be read where nothing may be written beside it. */
async function copyKeys(database: string, copy: string): Promise<void> {
  await copyWhole(keysBeside(database), copy);
  const keys = new Database(copy);
  keys.pragma("journal_mode = DELETE");
  keys.close();
}

async function copyWhole(file: string, copy: string): Promise<void> {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    await db.backup(copy);
  } finally {
    db.close();
  }
  chmodSync(copy, 0o600);
}

/** Looks whether a backup can be used, without changing anything. */
export function readBackup(from: string): BackupAbout {
  const file = join(from, ABOUT);
  if (!existsSync(file))
    throw new BackupUnusable(
      `${from}: is no backup of Mindminder; there is no ${ABOUT} in it. Name the folder that “mindminder backup” wrote.`,
    );
  const about = BackupAbout.safeParse(json(readFileSync(file, "utf8")));
  if (!about.success) throw new BackupUnusable(`${file}: cannot be read. Take another backup.`);
  if (about.data.form > MIGRATIONS.length)
    throw new BackupUnusable(
      `${from}: was written by a newer Mindminder (form ${about.data.form}, this one knows ${MIGRATIONS.length}). Restore it with that version.`,
    );
  wholeOrNot(join(from, DATABASE));
  return about.data;
}

/** Whole, and how much is in it. */
export function wholeOrNot(file: string): { form: number; meetings: number } {
  let db: Database.Database | null = null;
  try {
    if (statSync(file).size === 0) throw new Error("it is empty");
    db = new Database(file, { readonly: true, fileMustExist: true });
    const damage = damageIn(db);
    if (damage) throw new Error(damage);
    const { meetings } = db.prepare("SELECT COUNT(*) AS meetings FROM meetings").get() as { meetings: number };
    return { form: Number(db.pragma("user_version", { simple: true })), meetings };
  } catch (error) {
    throw new BackupUnusable(
      `${file}: is damaged (${error instanceof Error ? error.message : String(error)}). Take another backup.`,
      { cause: error },
    );
  } finally {
    db?.close();
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
