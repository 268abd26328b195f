import { resolve } from "node:path";
import { loadConfig, OWN_SCENARIOS } from "../configuration/config.ts";
import { OWN_LEXICONS, readLexicons } from "../configuration/lexicons.ts";
import { readScenarios } from "../configuration/scenarios.ts";

/** Reads everything the service would read, and says what it found. */
export function check(configFile: string): void {
  const { config, folder } = loadConfig(configFile);
  const scenarios = readScenarios(config.scenarios ? resolve(folder, config.scenarios) : OWN_SCENARIOS);
  const lexicons = readLexicons(config.lexicons ? resolve(folder, config.lexicons) : OWN_LEXICONS);
  const spoken = lexicons.map(({ language }) => language).join(", ");
  console.log(`${resolve(configFile)}: in order. Scenarios: ${[...scenarios.keys()].join(", ")}. Spoken commands: ${spoken || "none"}.`);
}
