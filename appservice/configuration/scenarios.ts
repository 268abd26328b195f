import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { AssemblyScenario, missingScenarios } from "../assembly/scenario.ts";
import { Scenario } from "../circle/scenario.ts";
import { BadFiles, type Problem } from "./problems.ts";
import { readYaml } from "./yaml-file.ts";

/** Scenarios of assemblies that come with the product. */
export const OWN_ASSEMBLIES = resolve(import.meta.dirname, "../../config/assemblies");

/** All scenarios of a folder, by id. Throws `BadFiles` with the problems of every file. */
export function readScenarios(folder: string): Map<string, Scenario> {
  return readEach(folder, (file) => readYaml(file, Scenario));
}

/**
 * The same of the scenarios of assemblies, whose rings play those `known`. Without a folder: those that come along, as
 * far as their scenarios are there, for whoever has scenarios of their own need not have these.
 */
export function readAssemblies(
  folder: string | undefined,
  known: ReadonlyMap<string, Scenario>,
): Map<string, AssemblyScenario> {
  if (folder === undefined) {
    const all = readEach(OWN_ASSEMBLIES, (file) => readYaml(file, AssemblyScenario));
    return new Map([...all].filter(([, assembly]) => missingScenarios(assembly, known).length === 0));
  }
  return readEach(folder, (file) => {
    const assembly = readYaml(file, AssemblyScenario);
    const problems = missingScenarios(assembly, known).map(
      (id): Problem => ({
        file,
        key: "phases",
        problem: `“${id}” is not among the scenarios of circles.`,
        remedy: `Name one of: ${[...known.keys()].join(", ")}.`,
      }),
    );
    if (problems.length > 0) throw new BadFiles(problems);
    return assembly;
  });
}

function readEach<Each extends { readonly id: string }>(
  folder: string,
  read: (file: string) => Each,
): Map<string, Each> {
  const scenarios = new Map<string, Each>();
  const problems: Problem[] = [];
  for (const name of filesIn(folder)) {
    const file = join(folder, name);
    try {
      const scenario = read(file);
      if (scenarios.has(scenario.id)) {
        problems.push({
          file,
          key: "id",
          problem: `“${scenario.id}” is the id of another scenario, too.`,
          remedy: "Give one of them another.",
        });
      }
      scenarios.set(scenario.id, scenario);
    } catch (error) {
      if (!(error instanceof BadFiles)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new BadFiles(problems);
  if (scenarios.size === 0) {
    throw new BadFiles([
      {
        file: folder,
        key: "",
        problem: "there is no scenario in this folder.",
        remedy: "Put one there, such as council.yaml.",
      },
    ]);
  }
  return scenarios;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
  } catch {
    throw new BadFiles([
      {
        file: folder,
        key: "",
        problem: "this folder of scenarios cannot be read.",
        remedy: "Check `scenarios` in the configuration.",
      },
    ]);
  }
}
