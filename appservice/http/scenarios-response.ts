import { planOf, type Scenario, textIn } from "../circle/scenario.ts";
import type { OutlinedCircle, ScenariosResponse } from "../protocol/http-api.ts";
import type { Language } from "../protocol/identity.ts";

/** Scenarios that can be started in a room, its own included. */
export type RoomsScenarios = {
  readonly all: ReadonlyMap<string, Scenario>;
  readonly own: ReadonlySet<string>;
  readonly preferred: string;
};

/** Scenarios in the reader's language, as far as they have both. */
export function scenariosResponse({ all, own, preferred }: RoomsScenarios, reader: Language): ScenariosResponse {
  const scenarios = [...all.values()].map((scenario) => ({
    id: scenario.id,
    title: textIn(scenario.title, reader),
    about: scenario.about ? textIn(scenario.about, reader) : "",
    own: own.has(scenario.id),
    circles: scenario.circles.length,
    outline: outlineOf(scenario, reader),
  }));
  return { preferred, scenarios };
}

function outlineOf(scenario: Scenario, language: Language): OutlinedCircle[] {
  // The topic's place stays in, for whoever is about to write it.
  return planOf(scenario, language, "{topic}").circles.map(({ kind, theme, limitMs, circleMs, speakers, repeat }) => ({
    kind,
    theme,
    speakers,
    secondsPerTurn: limitMs / 1000,
    circleSeconds: circleMs === null ? null : circleMs / 1000,
    back: repeat && { to: repeat.from, atMost: repeat.atMost },
  }));
}
