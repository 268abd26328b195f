import { closeSync, fsyncSync, lstatSync, openSync, readdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** Place where a file or folder lies, or will, by whatever path and links one comes to it. */
export function placeOf(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })) return realpathSync(path);
  const link = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (link) return placeOf(resolve(dirname(path), readlinkSync(path)));
  return join(realpathSync(dirname(path)), basename(path));
}

/** Waits until a file, or a folder with all that is in it, would outlast a power cut. */
export function onDisk(path: string): void {
  if (statSync(path).isDirectory()) for (const name of readdirSync(path)) onDisk(join(path, name));
  synced(path);
}

/** The same of a folder's own list of names: what was renamed in it. */
export function namesOnDisk(folder: string): void {
  synced(folder);
}

function synced(path: string): void {
  const open = openSync(path, "r");
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}
