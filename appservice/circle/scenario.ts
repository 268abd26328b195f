import { z } from "zod";
import { InEachLanguage, Language } from "../protocol/identity.ts";
import { CircleKind } from "./kinds/words.ts";

const OneText = z.string().min(1).max(500);

/** Text in one language for all, or one for each. `{topic}` stands for what the keeper wrote when starting. */
export const InTexts = z.union([OneText, z.strictObject({ en: OneText, ru: OneText })], {
  error: "must be a text, or one for each language: {en: …, ru: …}",
});

const seconds = (what: string, from = 5, to = 3600) =>
  z.number().int().min(from).max(to).describe(`${what}, in seconds (${from} to ${to})`);

const Order = z
  .union(
    [
      z.enum(["joined", "reversed", "drawn", "quietest-first"]),
      z.strictObject({ listed: z.array(z.string().min(1).max(255)).min(1).max(50) }),
    ],
    { error: "must be joined, reversed, drawn, quietest-first, or {listed: [names]}" },
  )
  .describe(
    "who speaks after whom: joined (in the order of joining), reversed (the other way round), drawn (by lot, anew for each circle), quietest-first (whoever has spoken least), or {listed: [names or ids]} (those not listed follow)",
  );

const Acceptance = z
  .enum(["auto", "by-next"])
  .describe("auto: the microphone of the next opens at once; by-next: the next takes the word, within 10 s");

const Timeout = z
  .enum(["pass", "wait"])
  .describe(
    "pass: at the end of the time and its grace the word passes by itself; wait: the time is only shown, and the speaker or the keeper passes",
  );

const Extension = z
  .enum(["keeper", "ring", "nobody"])
  .describe(
    "who may give the speaker half a minute more: keeper, ring (more than half of the listeners together), or nobody",
  );

const Skip = z
  .enum(["self", "keeper", "anyone"])
  .describe(
    "who may let a turn be skipped, to be kept for the end of the circle: self (the speaker, and the keeper), keeper (the keeper alone), or anyone (in the ring)",
  );

const Plugins = z
  .array(z.string().min(1).max(64))
  .max(20)
  .describe("the plugins that make the minutes; left out: those of the configuration");

/** Settings that a meeting makes for all its circles, and a circle for itself. */
const settings = {
  turnSeconds: seconds("time each participant has with the word"),
  order: Order,
  accept: Acceptance,
  timeout: Timeout,
  extension: Extension,
  skip: Skip,
};

const ScenarioCircle = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,40}$/)
    .optional()
    .describe("a name that “repeat” can lead back to"),
  kind: CircleKind.default("statement").describe(`what the circle is for: ${CircleKind.options.join(", ")}`),
  theme: InTexts.describe("what everyone speaks to; {topic} is replaced by the meeting's topic"),
  turnSeconds: settings.turnSeconds.optional(),
  circleSeconds: seconds(
    "time for the whole circle, shared evenly by those who have not spoken; for silent-writing the time to write, for an open-floor its length",
    10,
    14_400,
  ).optional(),
  order: Order.optional(),
  accept: Acceptance.optional(),
  timeout: Timeout.optional(),
  extension: Extension.optional(),
  skip: Skip.optional(),
  speakers: z
    .enum(["all", "keeper"])
    .default("all")
    .describe("who has a turn: everybody, or the keeper alone (to present, to announce)"),
  plugins: Plugins.optional(),
  repeat: z
    .strictObject({
      until: z
        .literal("nobody-objects")
        .describe("the one condition there is: no objection stands at the end of this circle"),
      from: z.string().describe("id of the circle to go back to"),
      atMost: z.number().int().min(1).max(10).describe("how often to go back at most (1 to 10)"),
    })
    .optional()
    .describe("go back to an earlier circle while somebody objects"),
});

/** A scenario as written in YAML: the format of a meeting. */
export const Scenario = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,40}$/)
      .describe("name used in commands: lower case letters, digits and dashes"),
    title: InTexts.describe("what people read"),
    about: InTexts.optional().describe("what it is good for, in a sentence or two"),
    language: Language.optional().describe(
      "language of the themes and the bot for this meeting (en or ru); left out: the room's",
    ),
    turnSeconds: settings.turnSeconds.default(120),
    graceSeconds: seconds("time past the limit before the word passes by itself", 0, 60).default(5),
    betweenSeconds: seconds("rest between two circles, in which hands may be raised", 0, 3600).default(10),
    handSeconds: seconds("time for whoever raised a hand").default(60),
    order: Order.default("joined"),
    accept: Acceptance.default("auto"),
    timeout: Timeout.default("pass"),
    extension: Extension.default("keeper"),
    skip: Skip.default("self"),
    hands: z
      .enum(["raised-first", "quietest-first"])
      .default("raised-first")
      .describe(
        "which of two hands of one kind comes first: raised-first, or quietest-first (of whoever has spoken least)",
      ),
    plugins: Plugins.optional(),
    circles: z.array(ScenarioCircle).min(1).max(20).describe("the circles, in order"),
  })
  .superRefine(({ circles }, context) => {
    for (const [index, { repeat }] of circles.entries()) {
      if (repeat && !circles.slice(0, index + 1).some(({ id }) => id === repeat.from)) {
        context.addIssue({
          code: "custom",
          path: ["circles", index, "repeat", "from"],
          message: `no circle up to this one has the id “${repeat.from}”`,
        });
      }
    }
  });
export type Scenario = z.infer<typeof Scenario>;

export const PlannedCircle = z.object({
  kind: CircleKind,
  theme: z.string(),
  /** The theme in each language, where the scenario has both. */
  themes: InEachLanguage.optional(),
  limitMs: z.number(),
  circleMs: z.number().nullable(),
  order: Order,
  accept: Acceptance,
  timeout: Timeout,
  extension: Extension,
  skip: Skip,
  speakers: z.enum(["all", "keeper"]),
  plugins: z.array(z.string()).nullable(),
  /** Index of the planned circle to go back to while somebody objects. */
  repeat: z.object({ from: z.number(), atMost: z.number() }).nullable(),
});
export type PlannedCircle = z.infer<typeof PlannedCircle>;

/**
 * A scenario made definite for one meeting; it is written into the journal, so a later edit of the file changes
 * nothing.
 */
export const Plan = z.object({
  scenario: z.string(),
  title: z.string(),
  titles: InEachLanguage.optional(),
  language: Language,
  graceMs: z.number(),
  betweenMs: z.number(),
  handMs: z.number(),
  hands: z.enum(["raised-first", "quietest-first"]),
  circles: z.array(PlannedCircle).min(1),
});
export type Plan = z.infer<typeof Plan>;

const NO_TOPIC: Record<Language, string> = { en: "what matters to us now", ru: "что для нас сейчас важно" };

/** `language` is the room's; a scenario that names one of its own keeps to it. */
export function planOf(scenario: Scenario, language: Language, topic: string): Plan {
  const speaks = scenario.language ?? language;
  const inLanguage = (text: z.infer<typeof InTexts>) => textIn(text, speaks);
  const withTopic = (text: string, into = speaks) => text.replaceAll("{topic}", () => topic || NO_TOPIC[into]);
  const themesOf = (text: z.infer<typeof InTexts>) =>
    typeof text === "string" ? {} : { themes: { en: withTopic(text.en, "en"), ru: withTopic(text.ru, "ru") } };
  const { order, accept, timeout, extension, skip, circles } = scenario;
  return {
    scenario: scenario.id,
    title: inLanguage(scenario.title),
    ...(typeof scenario.title === "string" ? {} : { titles: scenario.title }),
    language: speaks,
    graceMs: scenario.graceSeconds * 1000,
    betweenMs: scenario.betweenSeconds * 1000,
    handMs: scenario.handSeconds * 1000,
    hands: scenario.hands,
    circles: circles.map((circle) => ({
      kind: circle.kind,
      theme: withTopic(inLanguage(circle.theme)),
      ...themesOf(circle.theme),
      limitMs: (circle.turnSeconds ?? scenario.turnSeconds) * 1000,
      circleMs: circle.circleSeconds === undefined ? null : circle.circleSeconds * 1000,
      order: circle.order ?? order,
      accept: circle.accept ?? accept,
      timeout: circle.timeout ?? timeout,
      extension: circle.extension ?? extension,
      skip: circle.skip ?? skip,
      speakers: circle.speakers,
      plugins: circle.plugins ?? scenario.plugins ?? null,
      repeat: circle.repeat
        ? { from: circles.findIndex(({ id }) => id === circle.repeat?.from), atMost: circle.repeat.atMost }
        : null,
    })),
  };
}

export function textIn(text: z.infer<typeof InTexts>, language: Language): string {
  return typeof text === "string" ? text : text[language];
}
