import { planOf, type Scenario, textIn } from "../circle/scenario.ts";
import type { OutlinedCircle, ScenariosResponse } from "../protocol/http-api.ts";
import { translateTo } from "../language/translate.ts";
import type { Language } from "../protocol/identity.ts";
import { lackOf, type SpeechLoad } from "../protocol/speech-load.ts";

/** Scenarios that can be started in a room, its own included. */
export type RoomsScenarios = {
  readonly all: ReadonlyMap<string, Scenario>;
  readonly own: ReadonlySet<string>;
  readonly preferred: string;
};

/** Scenarios in the reader's language, as far as they have both. */
export function scenariosResponse(
  { all, own, preferred }: RoomsScenarios,
  reader: Language,
  load: SpeechLoad | null,
): ScenariosResponse {
  const scenarios = [...all.values()].map((scenario) => ({
    id: scenario.id,
    title: textIn(scenario.title, reader),
    about: scenario.about ? textIn(scenario.about, reader) : "",
    own: own.has(scenario.id),
    circles: scenario.circles.length,
    outline: outlineOf(scenario, reader),
  }));
  const lack = load && lackOf(load);
  return { preferred, scenarios, ...(lack ? { lack: translateTo(reader)(`full.${lack}`) } : {}) };
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
