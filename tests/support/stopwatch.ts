import { readFileSync } from "node:fs";

/**
 * Begins to measure. The answer gives milliseconds since then, without those in which this thread waited for a
 * processor that something else on the machine had: so a limit holds for the code, however busy the machine is.
 */
export function stopwatch(): () => number {
  const [from, waitedBefore] = [performance.now(), waitedMs()];
  return () => performance.now() - from - (waitedMs() - waitedBefore);
}

/** Reads the second figure that Linux keeps of a thread, in nanoseconds (Documentation/scheduler/sched-stats.rst). */
function waitedMs(): number {
  try {
    return Number(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[1]) / 1e6;
  } catch {
    return 0;
  }
}
