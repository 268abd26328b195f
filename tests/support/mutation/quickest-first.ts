import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Asks first the tests of the file that was changed, as far as their names tell, then those that stand beside the rules
 * and the journal, then the others, then those that play hundreds of games or start a whole service.
 */
export class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const changed = changedFile(files[0]);
    const rankOf = (file: TestSpecification) => (isNamedAfter(file, changed) ? -1 : usualRank(file));
    return files.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

const RANKS = [
  /appservice\/(?:circle|journal)\/(?!.*(?:property|golden))/,
  /appservice\/(?:circle|journal|call)\//,
  /^/,
];

function usualRank({ moduleId }: TestSpecification): number {
  return RANKS.findIndex((rank) => rank.test(moduleId));
}

function isNamedAfter({ moduleId }: TestSpecification, changed: string | null): boolean {
  return changed !== null && basename(changed, ".ts").includes(basename(moduleId, ".test.ts"));
}

/** File with the mutant that is tried just now; null: none is. */
function changedFile(file: TestSpecification | undefined): string | null {
  const { mode, activeMutant } = (file?.project.getProvidedContext() ?? {}) as { mode?: string; activeMutant?: string };
  return mode === "mutant" && activeMutant !== undefined ? (filesOfMutants().get(activeMutant) ?? null) : null;
}

let known: ReadonlyMap<string, string> | null = null;

/** Files of all mutants by their numbers, which StrykerJS has written into them. */
function filesOfMutants(): ReadonlyMap<string, string> {
  known ??= new Map(
    ["circle", "journal"].flatMap((folder) =>
      readdirSync(join("appservice", folder), { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".ts"))
        .flatMap((path) => {
          const text = readFileSync(join("appservice", folder, path), "utf8");
          return [...text.matchAll(/stryMutAct_\w+\("(\d+)"\)/g)].map(([, id = ""]) => [id, path] as const);
        }),
    ),
  );
  return known;
}
