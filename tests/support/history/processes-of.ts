import { readdirSync, readFileSync } from "node:fs";

/** Children of a process whose command line has such a word in it. */
export function childrenOf(pid: number, word: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((each) => {
      try {
        // The parent is the second field after the name, which stands in brackets (proc_pid_stat(5)).
        const parent = Number(readFileSync(`/proc/${each}/stat`, "utf8").split(") ").pop()?.split(" ")[1]);
        return parent === pid && readFileSync(`/proc/${each}/cmdline`, "utf8").includes(word);
      } catch {
        return false;
      }
    });
}
