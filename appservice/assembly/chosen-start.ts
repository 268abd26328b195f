import type { Scenario } from "../circle/scenario.ts";
import type { WishedSize } from "../protocol/assembly-gathering.ts";
import type { Language } from "../protocol/identity.ts";
import type { Refusal } from "../protocol/refusal.ts";
import type { AssemblyRequest } from "./command.ts";
import { type AssemblyScenario, assemblyPlanOf, sizeIn } from "./scenario.ts";

/** Scenario of an assembly whose keeper names none. */
const USUAL = "assembly";

type Start = Extract<AssemblyRequest, { type: "start" }>;
type Chosen = {
  /** Null: the usual one. */
  readonly scenario: string | null;
  readonly topic: string;
  /** Null: as the scenario has it. */
  readonly size: WishedSize | null;
};
type Around = {
  readonly assemblies: ReadonlyMap<string, AssemblyScenario>;
  readonly circles: ReadonlyMap<string, Scenario>;
  readonly language: Language;
  readonly seed: number;
  /** The room's own circle runs: people would have to be in two calls. */
  readonly circleRuns: boolean;
};

/** Start of an assembly as its keeper chose it, or the reason why it cannot be. */
export function chosenStart({ scenario: id, topic, size }: Chosen, around: Around): Start | Refusal {
  const { assemblies, circles, language, seed, circleRuns } = around;
  const scenario = assemblies.get(id ?? USUAL);
  if (!scenario)
    return { code: "unknown-scenario", detail: { scenario: id ?? USUAL, known: [...assemblies.keys()].join(", ") } };
  if (circleRuns) return { code: "meeting-running", detail: {} };
  if (size && !sizeIn(scenario)) return { code: "sizes-are-fixed", detail: { scenario: scenario.id } };
  const plan = assemblyPlanOf(scenario, { language, topic, known: circles, size });
  if (!plan) return { code: "assembly-lacks-scenario", detail: { scenario: scenario.id } };
  return { type: "start", plan, topic, seed };
}
