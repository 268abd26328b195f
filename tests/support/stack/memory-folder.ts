import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, statfs } from "node:fs/promises";
import { join } from "node:path";

/** Files in memory on Linux: what is written there needs no disk, and lives as long as the machine runs. */
const MEMORY = "/dev/shm";
const NAME = /^mindminder-(\d+)-/;
const LEAST_BYTES = 256 * 1024 * 1024;

/** A new folder in memory, or null where there is none with room. To be removed; if we die first, the next one does it. */
export async function memoryFolder(): Promise<string | null> {
  try {
    await removeLeft();
    const { bavail, bsize } = await statfs(MEMORY);
    return bavail * bsize < LEAST_BYTES ? null : await mkdtemp(join(MEMORY, `mindminder-${process.pid}-`));
  } catch {
    return null;
  }
}

/** Removes what processes left that are no more. */
async function removeLeft(): Promise<void> {
  for (const name of await readdir(MEMORY)) {
    const pid = NAME.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) await rm(join(MEMORY, name), { recursive: true, force: true });
  }
}
