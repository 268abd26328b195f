import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Job, Progress } from "./progress.ts";

/** All that is fetched or built is kept here, and nowhere else. */
export function cacheFolder(): string {
  const { MINDMINDER_CACHE, XDG_CACHE_HOME } = process.env;
  return MINDMINDER_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "mindminder");
}

export function logFile(name: string): string {
  return join(cacheFolder(), "logs", `${name}.log`);
}

export type Build = {
  /** To be filled; it is moved to its place when all is well. */
  folder: string;
  log: string;
  note: (line: string) => void;
  progress: Progress;
};

/**
 * The folder of this name in the cache, made by `build` if it is not there yet. It is built beside its place and moved
 * there in one step, so it is either whole or absent, whatever interrupted the building.
 */
export async function cached(
  name: string,
  progress: Progress,
  job: Job,
  build: (build: Build) => Promise<void>,
): Promise<string> {
  const place = join(cacheFolder(), name);
  if (existsSync(place)) return place;
  await mkdir(dirname(place), { recursive: true });
  await otherBuilders(place, progress, job);
  if (existsSync(place)) return place;

  const folder = `${place}.unfinished-${process.pid}`;
  const log = logFile(name);
  await rm(log, { force: true });
  await progress.during(job, async (note) => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    try {
      await build({ folder, log, note, progress });
      if (!existsSync(place)) await rename(folder, place);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
  return place;
}

/** Waits for another run that builds the same; removes what an interrupted run left behind. */
async function otherBuilders(place: string, progress: Progress, { name }: Job): Promise<void> {
  const prefix = `${basename(place)}.unfinished-`;
  let said = false;
  for (;;) {
    const drafts = (await readdir(dirname(place))).filter((entry) => entry.startsWith(prefix));
    const left = drafts.filter((draft) => !isAlive(Number(draft.slice(prefix.length))));
    await Promise.all(left.map((draft) => rm(join(dirname(place), draft), { recursive: true, force: true })));
    if (left.length === drafts.length) return;
    if (!said) progress.say(`${name}: another run is at it already; waiting for that one.`);
    said = true;
    await wait(500);
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
