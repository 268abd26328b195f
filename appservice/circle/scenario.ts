import { z } from "zod";
import type { Language } from "../protocol/identity.ts";
import { CircleKind } from "../protocol/meeting-snapshot.ts";

/** Text in one language for all, or one for each. `{topic}` stands for what the keeper wrote when starting. */
const Text = z
  .union([z.string().min(1).max(500), z.strictObject({ en: z.string().min(1).max(500), ru: z.string().min(1).max(500) })])
  .describe("a text, or one for each language: {en: …, ru: …}");

const seconds = (what: string) => z.number().int().min(5).max(3600).describe(`${what}, in seconds (5 to 3600)`);

const Acceptance = z
  .enum(["auto", "by-next"])
  .describe("auto: the microphone of the next opens at once; by-next: the next takes the word within 10 s");

/** A scenario as written in YAML: the format of a meeting. */
export const Scenario = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/).describe("name used in commands: lower case letters, digits and dashes"),
  title: Text.describe("what people read"),
  turnSeconds: seconds("time each participant has with the word, unless a circle says otherwise").default(120),
  graceSeconds: z.number().int().min(0).max(60).default(5).describe("time past the limit before the word passes by itself"),
  betweenSeconds: z.number().int().min(0).max(600).default(10).describe("rest between two circles"),
  accept: Acceptance.default("auto"),
  circles: z
    .array(
      z.strictObject({
        kind: CircleKind.default("statement").describe("what the circle is for"),
        theme: Text.describe("what everyone speaks to; {topic} is replaced by the meeting's topic"),
        turnSeconds: seconds("time each participant has in this circle").optional(),
      }),
    )
    .min(1)
    .max(20)
    .describe("the circles, in order"),
});
export type Scenario = z.infer<typeof Scenario>;

/** A scenario made definite for one meeting; it is written into the journal, so a later edit of the file changes nothing. */
export const Plan = z.object({
  scenario: z.string(),
  title: z.string(),
  accept: Acceptance,
  graceMs: z.number(),
  betweenMs: z.number(),
  circles: z.array(z.object({ kind: CircleKind, theme: z.string(), limitMs: z.number() })).min(1),
});
export type Plan = z.infer<typeof Plan>;

const NO_TOPIC: Record<Language, string> = { en: "what matters to us now", ru: "что для нас сейчас важно" };

export function planOf(scenario: Scenario, language: Language, topic: string): Plan {
  const inLanguage = (text: z.infer<typeof Text>) => (typeof text === "string" ? text : text[language]);
  const withTopic = (text: string) => text.replaceAll("{topic}", () => topic || NO_TOPIC[language]);
  return {
    scenario: scenario.id,
    title: inLanguage(scenario.title),
    accept: scenario.accept,
    graceMs: scenario.graceSeconds * 1000,
    betweenMs: scenario.betweenSeconds * 1000,
    circles: scenario.circles.map((circle) => ({
      kind: circle.kind,
      theme: withTopic(inLanguage(circle.theme)),
      limitMs: (circle.turnSeconds ?? scenario.turnSeconds) * 1000,
    })),
  };
}
