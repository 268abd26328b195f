import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseUnusable } from "./database.ts";
import { placeOf } from "./place.ts";

/**
 * Tells whether a file or folder is a mount of its own, such as a single file that a container is given. Only Linux
 * tells.
 */
export function mountedAlone(place: string): boolean {
  if (!existsSync("/proc/self/mountinfo")) return false;
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .some((line) => unescaped(line.split(" ")[4] ?? "") === place);
}

/**
 * Refuses a database file that is mounted without its folder. The latest writes lie in files beside it, and so does
 * its lock: they would be lost with the container, and another one would not see the lock.
 */
export function refuseMountedFile(database: string): void {
  // The folder itself is made at the first start.
  if (!existsSync(dirname(database)) || !mountedAlone(placeOf(database))) return;
  throw new DatabaseUnusable(
    `${database}: is mounted by itself. Mount the folder in which it lies, ${dirname(placeOf(database))}: what belongs to the database lies beside it.`,
  );
}

/** The kernel writes blanks and the like as octal numbers. */
function unescaped(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}
