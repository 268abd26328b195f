import { z } from "zod";
import { InTexts, planOf, Plan, type Scenario, textIn } from "../circle/scenario.ts";
import { InEachLanguage, Language } from "../protocol/identity.ts";

const seconds = (what: string, from: number, to: number) =>
  z.number().int().min(from).max(to).describe(`${what}, in seconds (${from} to ${to})`);

const ScenarioId = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/);

/** Fewest, most and wished people of a ring. */
export const RingSize = z
  .strictObject({
    least: z.number().int().min(1).max(20).describe("people that a ring has at least, where there are enough"),
    aim: z
      .number()
      .int()
      .min(1)
      .max(20)
      .optional()
      .describe("people that a ring should have; left out: as many as may"),
    most: z.number().int().min(1).max(20).describe("people that a ring has at most"),
  })
  .refine(({ least, most, aim = most }) => least <= aim && aim <= most, {
    error: "must be so that least ≤ aim ≤ most",
  });
export type RingSize = z.infer<typeof RingSize>;

const DelegateChoice = z
  .enum(["nobody", "consent", "lot", "quietest"])
  .describe(
    "who speaks for a ring: nobody, consent (whom the ring agrees on, else the quietest), lot, or quietest (who has spoken least)",
  );

const common = {
  scenario: ScenarioId.describe("the scenario that each ring plays: the id of one of the scenarios of a circle"),
  seconds: seconds("time for the whole phase", 30, 14_400),
  theme: InTexts.optional().describe("what it is about; {topic} is replaced by the assembly's topic"),
};

const RingsPhase = z.strictObject({
  kind: z.literal("rings"),
  ...common,
  size: RingSize.default({ least: 4, most: 7 }).describe("how many sit in a ring"),
  company: z
    .enum(["new", "same"])
    .default("new")
    .describe("new: drawn, with as few repeats as may be; same: the rings of the phase before"),
  hostStays: z
    .boolean()
    .default(false)
    .describe("the keeper of each ring stays where they are when new company is drawn"),
  byTopic: z.boolean().default(false).describe("a ring for each topic that people chose, in place of a lot"),
  keepers: z
    .enum(["lot", "rotation", "nobody"])
    .default("rotation")
    .describe("who keeps a ring: lot, rotation (who has not kept one yet), or nobody (it runs by itself)"),
  delegate: DelegateChoice.default("nobody"),
});

const DelegatesPhase = z.strictObject({
  kind: z.literal("delegates"),
  ...common,
  who: z
    .enum(["delegates", "delegates-and-keepers", "lot"])
    .default("delegates")
    .describe("who sits inside: the rings' delegates, their keepers too, or as many as `inside` says, by lot"),
  inside: z.number().int().min(2).max(12).default(5).describe("how many sit inside where a lot says who"),
});

const PlenaryPhase = z.strictObject({
  kind: z.enum(["plenary", "closing"]),
  ...common,
  speaks: z
    .enum(["keeper", "all"])
    .default("keeper")
    .describe("who has a turn: the keeper of the assembly, or everybody"),
});

const TopicsPhase = z.strictObject({
  kind: z.literal("topics"),
  seconds: common.seconds,
  theme: common.theme,
});

const Phase = z.discriminatedUnion("kind", [PlenaryPhase, RingsPhase, DelegatesPhase, TopicsPhase]);

/** An assembly as written in YAML: the phases of many rings at once. */
export const AssemblyScenario = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{1,40}$/)
      .describe("name used in commands: lower case letters, digits and dashes"),
    title: InTexts.describe("what people read"),
    about: InTexts.optional().describe("what it is good for, in a sentence or two"),
    language: Language.optional().describe("language of the assembly (en or ru); left out: the room's"),
    graceSeconds: seconds("time that a running turn has when a phase is over", 0, 120).default(10),
    phases: z.array(Phase).min(1).max(12).describe("the phases, in order"),
  })
  .superRefine(({ phases }, context) => {
    for (const [index, phase] of phases.entries()) {
      const before = phases.slice(0, index);
      const problem = missingBefore(phase, before);
      if (problem) context.addIssue({ code: "custom", path: ["phases", index, problem.key], message: problem.message });
    }
  });
export type AssemblyScenario = z.infer<typeof AssemblyScenario>;
type WrittenPhase = z.infer<typeof Phase>;

/** Fault of a phase that needs something of those before it, and does not have it. */
function missingBefore(phase: WrittenPhase, before: readonly WrittenPhase[]): { key: string; message: string } | null {
  const rings = before.filter((each) => each.kind === "rings");
  if (phase.kind === "rings" && phase.byTopic && before.at(-1)?.kind !== "topics")
    return { key: "byTopic", message: "needs a phase of topics just before it" };
  if (phase.kind === "rings" && phase.company === "same" && rings.length === 0)
    return { key: "company", message: "needs rings before it, to be the same as those" };
  if (phase.kind === "delegates" && phase.who !== "lot" && (rings.at(-1)?.delegate ?? "nobody") === "nobody")
    return { key: "who", message: "needs rings before it that choose delegates" };
  return null;
}

const definite = { seconds: z.number(), title: z.string(), themes: InEachLanguage.nullable() };

/** A phase made definite: what its rings play stands in it, so a later edit of a file changes nothing. */
export const PlannedPhase = z.discriminatedUnion("kind", [
  PlenaryPhase.omit({ scenario: true, theme: true }).extend({ ...definite, plan: Plan }),
  RingsPhase.omit({ scenario: true, theme: true }).extend({ ...definite, plan: Plan }),
  DelegatesPhase.omit({ scenario: true, theme: true }).extend({ ...definite, plan: Plan }),
  TopicsPhase.omit({ theme: true }).extend(definite),
]);
export type PlannedPhase = z.infer<typeof PlannedPhase>;

export const AssemblyPlan = z.object({
  scenario: z.string(),
  title: z.string(),
  language: Language,
  graceMs: z.number(),
  phases: z.array(PlannedPhase).min(1),
});
export type AssemblyPlan = z.infer<typeof AssemblyPlan>;

/** Size of a scenario's groups; null where it differs from part to part, and where there are none. */
export function sizeIn({ phases }: AssemblyScenario): RingSize | null {
  const sizes = phases.flatMap((phase) => (phase.kind === "rings" ? [phase.size] : []));
  const [first, ...others] = sizes;
  return first && others.every(({ least, most }) => least === first.least && most === first.most) ? first : null;
}

/** The ids of the circles' scenarios that an assembly plays and that are not among those known. */
export function missingScenarios({ phases }: AssemblyScenario, known: ReadonlyMap<string, unknown>): string[] {
  const named = phases.flatMap((phase) => (phase.kind === "topics" ? [] : [phase.scenario]));
  return [...new Set(named)].filter((id) => !known.has(id));
}

/** Null where one of the scenarios that its rings play is not there: `missingScenarios` names it. */
export function assemblyPlanOf(
  scenario: AssemblyScenario,
  {
    language,
    topic,
    known,
    size = null,
  }: { language: Language; topic: string; known: ReadonlyMap<string, Scenario>; size?: RingSize | null },
): AssemblyPlan | null {
  const speaks = scenario.language ?? language;
  const phases = scenario.phases.map((phase): PlannedPhase | null => {
    const { theme } = phase;
    const themes = theme === undefined ? null : bothOf(theme, topic);
    if (phase.kind === "topics")
      return { kind: "topics", seconds: phase.seconds, title: themes?.[speaks] ?? "", themes };
    const { scenario: id, theme: _, ...rest } = phase;
    const played = known.get(id);
    if (!played) return null;
    const plan = planOf(played, speaks, topic);
    const sized = rest.kind === "rings" && size !== null ? { ...rest, size } : rest;
    return { ...sized, title: themes?.[speaks] ?? plan.title, themes, plan };
  });
  const whole = phases.flatMap((phase) => phase ?? []);
  if (whole.length < phases.length) return null;
  const { id, title, graceSeconds } = scenario;
  return { scenario: id, title: textIn(title, speaks), language: speaks, graceMs: graceSeconds * 1000, phases: whole };
}

function bothOf(text: z.infer<typeof InTexts>, topic: string): InEachLanguage {
  const filled = (one: string) => one.replaceAll("{topic}", () => topic);
  return typeof text === "string"
    ? { en: filled(text), ru: filled(text) }
    : { en: filled(text.en), ru: filled(text.ru) };
}
