import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Scenario } from "../circle/scenario.ts";
import { BadFiles, type Problem } from "./problems.ts";
import { readYaml } from "./yaml-file.ts";

/** All scenarios of a folder, by id. Throws `BadFiles` with the problems of every file. */
export function readScenarios(folder: string): Map<string, Scenario> {
  const scenarios = new Map<string, Scenario>();
  const problems: Problem[] = [];
  for (const name of filesIn(folder)) {
    const file = join(folder, name);
    try {
      const scenario = readYaml(file, Scenario);
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
