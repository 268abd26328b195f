import { existsSync, rmSync } from "node:fs";
import { mkdtemp, readdir, rm, statfs } from "node:fs/promises";
import { join } from "node:path";

/** Files in memory on Linux: what is written there needs no disk, and lives as long as the machine runs. */
const MEMORY = "/dev/shm";
const NAME = /^mindminder-(\d+)-/;
const LEAST_BYTES = 256 * 1024 * 1024;

/** A new folder in memory for as long as this process lives, or null where there is none with room. */
export async function memoryFolder(): Promise<string | null> {
  try {
    await removeLeft();
    const { bavail, bsize } = await statfs(MEMORY);
    if (bavail * bsize < LEAST_BYTES) return null;
    const folder = await mkdtemp(join(MEMORY, `mindminder-${process.pid}-`));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  } catch {
    return null;
  }
}

/** Removes what was left by processes that were killed. */
async function removeLeft(): Promise<void> {
  for (const name of await readdir(MEMORY)) {
    const pid = NAME.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) await rm(join(MEMORY, name), { recursive: true, force: true });
  }
}
