import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { planOf, Scenario, textIn } from "../../../appservice/circle/scenario.ts";
import type { ScenariosResponse } from "../../../appservice/protocol/http-api.ts";
import type { Language } from "../../../appservice/protocol/identity.ts";

const FOLDER = join(import.meta.dirname, "../../../config/scenarios");

/** The built-in scenarios, and one of a room's own. */
export function scenariosIn(language: Language): ScenariosResponse {
  const scenarios = readdirSync(FOLDER)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => {
      const scenario = Scenario.parse(parse(readFileSync(join(FOLDER, file), "utf8")));
      const outline = planOf(scenario, language, "{topic}").circles.map(
        ({ kind, theme, limitMs, circleMs, speakers, repeat }) => ({
          kind,
          theme,
          speakers,
          secondsPerTurn: limitMs / 1000,
          circleSeconds: circleMs === null ? null : circleMs / 1000,
          back: repeat && { to: repeat.from, atMost: repeat.atMost },
        }),
      );
      return {
        id: scenario.id,
        title: textIn(scenario.title, language),
        about: scenario.about ? textIn(scenario.about, language) : "",
        own: false,
        circles: outline.length,
        outline,
      };
    });
  const own = scenarios.find(({ id }) => id === "check-in");
  return {
    preferred: "council",
    scenarios: own ? [...scenarios, { ...own, id: "monday-tea", title: "Monday tea", own: true }] : scenarios,
  };
}
