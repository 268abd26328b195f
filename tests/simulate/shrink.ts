import { type CouncilOptions, type CouncilRun, holdCouncil } from "./council.ts";
import type { Fault } from "./world/mischief.ts";

/** Most runs that making a failure smaller may take. */
const MOST_RUNS = 120;

/**
 * Finds fewer people, kinds of fault and single faults by which the same promise breaks; the story of it is the
 * shortest known.
 */
export async function shrink(
  options: CouncilOptions,
  failed: CouncilRun,
): Promise<{ options: CouncilOptions; run: CouncilRun }> {
  let [best, run, runs] = [options, failed, 0];
  const kind = kindOf(failed);
  const tries = async (smaller: CouncilOptions): Promise<boolean> => {
    if (runs++ >= MOST_RUNS) return false;
    const again = await holdCouncil(smaller);
    if (kindOf(again) !== kind) return false;
    [best, run] = [smaller, again];
    return true;
  };
  for (const people of [2, 3, 4, 5]) if (people < (best.people ?? 7) && (await tries({ ...best, people }))) break;
  for (const fault of best.faults ?? []) {
    const faults: Fault[] = (best.faults ?? []).filter((each) => each !== fault);
    await tries({ ...best, faults });
  }
  for (let size = Math.ceil(run.faults / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < run.faults; from += size) {
      const these = Array.from({ length: size }, (_, i) => from + i);
      const fresh = these.filter((each) => !best.without?.has(each));
      if (fresh.length > 0) await tries({ ...best, without: new Set([...(best.without ?? []), ...fresh]) });
    }
  }
  return { options: best, run };
}

/** Two failures are the same where their sentences differ in names and numbers alone. */
const kindOf = ({ broken }: CouncilRun) =>
  broken?.split("\n")[0]?.replace(/@?\bp\d+:hs|\d+|“[^”]*”|\b[A-Z][a-z]+\b/g, "…") ?? null;
