import { readdirSync, readFileSync } from "node:fs";

/** Nanoseconds of a thread: on a processor, and waiting for one. */
type Spent = { readonly ran: number; readonly waited: number };

/**
 * Begins to look how busy the machine is. The answer tells how many times as long everything has taken since then as it
 * takes where a processor is free for all that runs: 1 there. A promise about time is kept on such a machine; on
 * another it is held to as many times its limit, so that a limit holds for the code, however busy the machine is.
 */
export function slowness(processes: readonly number[] = [process.pid]): () => number {
  const before = threadsOf(processes);
  return () => {
    let [ran, waited] = [0, 0];
    for (const [thread, now] of threadsOf(processes)) {
      const then = before.get(thread);
      ran += now.ran - (then?.ran ?? 0);
      waited += now.waited - (then?.waited ?? 0);
    }
    return ran > 0 ? 1 + waited / ran : 1;
  };
}

/**
 * Reads what Linux keeps of each thread (Documentation/scheduler/sched-stats.rst); elsewhere there is nothing to read.
 */
function threadsOf(processes: readonly number[]): ReadonlyMap<string, Spent> {
  const found = new Map<string, Spent>();
  for (const process of processes) {
    for (const thread of entriesOf(`/proc/${process}/task`)) {
      try {
        const [ran, waited] = readFileSync(`/proc/${process}/task/${thread}/schedstat`, "utf8").split(" ").map(Number);
        found.set(thread, { ran: ran ?? 0, waited: waited ?? 0 });
      } catch {
        // It has ended meanwhile.
      }
    }
  }
  return found;
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
