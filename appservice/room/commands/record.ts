import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import { shortened } from "../../language/shortened.ts";
import { command } from "./command.ts";
import type { Uses } from "./context.ts";
import { type CommandOutcome, done, outcomeOf, say } from "./outcome.ts";
import { usageOf } from "./usage.ts";

const FORMS = {
  summary: ["summary", "note"],
  tasks: ["tasks"],
  decisions: ["decisions"],
  questions: ["questions"],
} as const;
const NAMES = ["summary", "tasks", "decisions", "questions"] as const;

export const correct = command({
  name: "correct",
  group: "record",
  args: z.array(z.string()).min(1),
  run: (_, { rest, t, correctRepliedTo }: Uses<"rest" | "t" | "correctRepliedTo">): CommandOutcome => {
    const made = correctRepliedTo(rest);
    if ("refusal" in made) return outcomeOf(made.refusal);
    if ("corrected" in made) return made.corrected ? done : say(t("correct.same"));
    if (made.problem === "unfit") return { outcome: "bad-argument" };
    const problem = `correct.${made.problem}` as const;
    if ("words" in made) return say(t(problem, { words: shortened(made.words, 80) }));
    return say(t(problem, { usage: usageOf({ name: "correct" }, t) }));
  },
});

export const redo = command({
  name: "redo",
  group: "record",
  args: z
    .array(z.string())
    .max(1)
    .transform(([typed], context): keyof typeof FORMS | null => {
      if (typed === undefined) return null;
      const form = NAMES.find((each) => meaningOf(typed, [`word.redo.${each}`]) !== null);
      if (form) return form;
      context.addIssue("nothing that could be made anew");
      return z.NEVER;
    }),
  run: (what, { redoMinutes, t }: Uses<"redoMinutes" | "t">) => {
    const refusal = redoMinutes(what && FORMS[what]);
    return refusal ? outcomeOf(refusal) : say(t("redo.begun"));
  },
});
