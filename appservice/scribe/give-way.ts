import { readdir, readFile } from "node:fs/promises";
import { setPriority } from "node:os";

/**
 * Lets the decoding of speech give way to everything else on the machine. On Linux niceness is a matter of single
 * threads, so it is set only for those of the pool in which the engine works: a process that is late at receiving audio
 * loses words.
 */
export async function giveWay(niceness: number): Promise<void> {
  for (const thread of await poolThreads()) setPriority(thread, niceness);
}

/** Finds the threads of the pool; the whole process (0) where threads cannot be told apart. */
async function poolThreads(): Promise<number[]> {
  try {
    // The pool exists since this very call at the latest. Threads that an engine starts in it inherit its niceness.
    const threads = await readdir("/proc/self/task");
    const names = await Promise.all(threads.map((thread) => readFile(`/proc/self/task/${thread}/comm`, "utf8")));
    const pool = threads.filter((_, at) => names[at]?.trim() === "libuv-worker").map(Number);
    return pool.length > 0 ? pool : [0];
  } catch {
    return [0];
  }
}
