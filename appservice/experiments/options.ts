import { z } from "zod";
import { LlmOptions, MinutesOptions } from "../minutes/options.ts";
import { Language } from "../protocol/identity.ts";
import { SetName, STANDARD_SET } from "../protocol/chosen-set.ts";

const About = z.string().min(1).max(300).describe("what it is for, in a sentence");
const Day = z.iso.date().describe("a day, such as 2026-12-01; it begins at midnight UTC");
const Count = z.number().int().min(1).max(1_000);

const PluginSetOptions = z
  .strictObject({
    about: About.optional(),
    plugins: MinutesOptions.shape.plugins.describe("options of plugins, in place of those below minutes.plugins"),
    llm: LlmOptions.nullable().optional().describe("language model in place of minutes.llm; null: none"),
    scenario: z
      .string()
      .min(1)
      .max(60)
      .optional()
      .describe("scenario that a start without a name takes, where the room has chosen none"),
  })
  .describe("plugins with their options and models, and defaults");
export type PluginSetOptions = z.infer<typeof PluginSetOptions>;

/** Kinds of people by how they came in, as far as a meeting knows it. */
export const CameBy = z.enum(["matrix", "guest", "telegram"]);
export type CameBy = z.infer<typeof CameBy>;

const MeetingsWhere = z
  .strictObject({
    rooms: z.array(z.string().startsWith("!")).min(1).optional().describe("ids of rooms"),
    homeservers: z.array(z.string().min(1)).min(1).optional().describe("names of the homeservers of whoever starts"),
    languages: z.array(Language).min(1).optional().describe("languages of the meeting"),
    people: z.array(CameBy).min(1).optional().describe("at least one of those who sit there came in so"),
    size: z
      .strictObject({ from: Count.optional(), to: Count.optional() })
      .optional()
      .describe("how many people sit there at the start"),
    from: Day.optional(),
    until: Day.optional(),
  })
  .describe("what a meeting has to be like; all that is named must fit");
export type MeetingsWhere = z.infer<typeof MeetingsWhere>;

const Rule = z.strictObject({ about: About.optional(), set: SetName, where: MeetingsWhere.prefault({}) });

const ExperimentId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "must be small letters, digits and hyphens");

/** Figures by which two sets can be compared. */
export const ExperimentOutcome = z.enum([
  "edits",
  "untouched",
  "redone",
  "tasks-confirmed",
  "tasks-done",
  "text-delay",
]);
export type ExperimentOutcome = z.infer<typeof ExperimentOutcome>;

export const Experiment = z
  .strictObject({
    id: ExperimentId,
    about: About.optional(),
    between: z.tuple([SetName, SetName]).describe("the two sets that are compared"),
    where: MeetingsWhere.prefault({}),
    outcome: ExperimentOutcome.default("edits").describe("figure that decides"),
  })
  .refine(({ between: [one, other] }) => one !== other, { path: ["between"], error: "must be two different sets" })
  .describe("meetings of a room have either set by turns of chance");
export type Experiment = z.infer<typeof Experiment>;

/** The file `experiments.yaml`. */
export const Experiments = z
  .strictObject({
    sets: z.record(SetName, PluginSetOptions).default({}),
    default: SetName.default(STANDARD_SET).describe("set of every meeting that nothing below fits"),
    rules: z.array(Rule).max(200).default([]).describe("the first that fits decides"),
    experiments: z.array(Experiment).max(50).default([]).describe("the first that fits, where no rule does"),
  })
  .superRefine(({ sets, default: usual, rules, experiments }, context) => {
    const known = (name: SetName) => name === STANDARD_SET || sets[name] !== undefined;
    const unknown = (path: (string | number)[], name: SetName) =>
      context.addIssue({
        code: "custom",
        path,
        message: `there is no set “${name}”; there are ${[STANDARD_SET, ...Object.keys(sets)].join(", ")}`,
      });
    if (!known(usual)) unknown(["default"], usual);
    rules.forEach(({ set }, i) => {
      if (!known(set)) unknown(["rules", i, "set"], set);
    });
    experiments.forEach(({ id, between }, i) => {
      between.forEach((set, arm) => {
        if (!known(set)) unknown(["experiments", i, "between", arm], set);
      });
      if (experiments.findIndex((other) => other.id === id) !== i)
        context.addIssue({
          code: "custom",
          path: ["experiments", i, "id"],
          message: `“${id}” is the id of another, too`,
        });
    });
  });
export type Experiments = z.infer<typeof Experiments>;

/** Without a file every meeting is served as the configuration says. */
export const NO_EXPERIMENTS: Experiments = Experiments.parse({});
