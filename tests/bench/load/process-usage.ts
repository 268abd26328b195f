import { readFileSync } from "node:fs";

/** `USER_HZ`: 100 on every Linux that Node runs on. */
const TICK_MS = 10;
/** Pages of /proc/PID/statm. */
const PAGE_BYTES = 4096;

export type Usage = { readonly cpuPercent: number; readonly memoryMb: number };

/**
 * Measures processes' share of the machine, by name, from now until the returned function is called. 100 % is one core.
 */
export function watchUsage(processes: Readonly<Record<string, number>>): () => Record<string, Usage> {
  const began = performance.now();
  const before = Object.entries(processes).map(([name, pid]) => [name, pid, cpuMs(pid)] as const);
  return () => {
    const elapsed = performance.now() - began;
    return Object.fromEntries(
      before.map(([name, pid, ms]) => [
        name,
        { cpuPercent: ((cpuMs(pid) - ms) / elapsed) * 100, memoryMb: memoryMb(pid) },
      ]),
    );
  };
}

/** User and system time of a process with all its threads, from fields 14 and 15 of proc(5). */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

export function memoryMb(pid: number): number {
  return (Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * PAGE_BYTES) / 1e6;
}
