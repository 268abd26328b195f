import { closeSync, existsSync, openSync, readdirSync, readSync } from "node:fs";
import { isSealed, sealedBy } from "./sealed-sound.ts";
import type { KeyName } from "./word-keys.ts";

/** Enough of a file to see whether it is sealed, and by which key. */
const LONGEST_HEADER = 256;

/** Name of the key by which a file is sealed; null: it lies as it is, or is gone. */
export function keyIn(file: string): KeyName | null {
  return existsSync(file) ? sealedBy(startOf(file)) : null;
}

function startOf(file: string): Buffer {
  const start = Buffer.alloc(LONGEST_HEADER);
  const opened = openSync(file, "r");
  try {
    return start.subarray(0, readSync(opened, start));
  } finally {
    closeSync(opened);
  }
}

export function isSealedFile(file: string): boolean {
  return isSealed(startOf(file));
}

export function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Folders that are named as ours are: others that lie there are not ours to read. */
export function foldersIn(folder: string): string[] {
  return namesIn(folder).filter((name) => /^[0-9a-f]{16}$/.test(name));
}
