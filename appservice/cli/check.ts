import { resolve } from "node:path";
import { Config, OWN_SCENARIOS } from "../configuration/config.ts";
import { OWN_LEXICONS, readLexicons } from "../configuration/lexicons.ts";
import { examineConfig } from "../configuration/load-config.ts";
import { BadFiles, type Problem } from "../configuration/problems.ts";
import { readAssemblies, readScenarios } from "../configuration/scenarios.ts";
import { readYaml } from "../configuration/yaml-file.ts";

/** Reads everything the service would read, and says all that is wrong with it, or what it found. */
export function check(configFile: string): void {
  const path = resolve(configFile);
  const { problems, doubts } = examineConfig(path);
  const all: Problem[] = [...problems, ...doubts];
  const own = ownFolders(path);
  const scenarios = new Map(orAdd(all, () => [...readScenarios(own.scenarios)]));
  const assemblies =
    scenarios.size === 0 ? [] : orAdd(all, () => [...readAssemblies(own.assemblies, scenarios).keys()]);
  const lexicons = orAdd(all, () => readLexicons(own.lexicons).map(({ language }) => language));
  if (all.length > 0) throw new BadFiles(all);
  console.log(
    `${path}: in order. Scenarios: ${[...scenarios.keys()].join(", ")}. Assemblies: ${assemblies.join(", ") || "none"}. Spoken commands: ${lexicons.join(", ") || "none"}.`,
  );
}

/** The folders that the configuration names in place of ours, whatever else is wrong in it. */
function ownFolders(path: string): { scenarios: string; assemblies: string | undefined; lexicons: string } {
  const named = orAdd([], () => [
    readYaml(path, Config.pick({ scenarios: true, assemblies: true, lexicons: true }).strip()),
  ])[0];
  const from = (name: string | undefined, own: string) => (name === undefined ? own : resolve(path, "..", name));
  return {
    scenarios: from(named?.scenarios, OWN_SCENARIOS),
    assemblies: named?.assemblies && resolve(path, "..", named.assemblies),
    lexicons: from(named?.lexicons, OWN_LEXICONS),
  };
}

function orAdd<T>(problems: Problem[], read: () => T[]): T[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadFiles)) throw error;
    problems.push(...error.problems);
    return [];
  }
}
