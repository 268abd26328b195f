import { chownSync, existsSync, lstatSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Ours, by their beginnings: others' files beside the database are left alone. */
const KEPT = ["speech-kept", "speech-waiting", "before-restore-"];

/**
 * Gives the service's files to the owner of its folder. Root may put a backup back for a service that runs as somebody
 * else: it could not open files that root wrote.
 */
export function giveToOwnerOf(folder: string, database: string): void {
  if (process.geteuid?.() !== 0) return;
  const owner = ownerOf(folder);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(basename(database)) || KEPT.some((each) => name.startsWith(each)))
      giveTo(join(folder, name), owner);
  }
}

export type Owner = { readonly uid: number; readonly gid: number };

export function ownerOf(folder: string): Owner {
  const { uid, gid } = statSync(folder);
  return { uid, gid };
}

/** Gives a file away, which root alone can do; any other writer owns it. */
export function giveTo(path: string, owner: Owner): void {
  if (process.geteuid?.() !== 0) return;
  const about = lstatSync(path);
  if (about.isSymbolicLink()) return;
  if (about.isDirectory()) for (const name of readdirSync(path)) giveTo(join(path, name), owner);
  chownSync(path, owner.uid, owner.gid);
}

/** Remedy where a file of the database belongs to somebody else; null: that is not what is wrong. */
export function belongsToAnother(database: string): string | null {
  const us = process.geteuid?.();
  if (us === undefined || us === 0) return null;
  const all = [dirname(database), database, `${database}-wal`, `${database}-shm`, `${database}-lock`];
  const theirs = all.find((path) => existsSync(path) && lstatSync(path).uid !== us);
  if (theirs === undefined) return null;
  const { uid } = lstatSync(theirs);
  return `${theirs} belongs to ${uid === 0 ? "root" : `uid ${uid}`}, and this runs as uid ${us}. As root: chown -R ${us}: ${dirname(database)}`;
}
