import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import { command, asyncCommand, outcomeOf, say } from "./command.ts";

const FORMS = {
  summary: ["summary", "note"],
  tasks: ["tasks"],
  decisions: ["decisions"],
  questions: ["questions"],
} as const;
const NAMES = ["summary", "tasks", "decisions", "questions"] as const;

export const correct = asyncCommand({
  name: "correct",
  group: "record",
  args: z.array(z.string()).min(1),
  run: async (_, __, { correctRepliedTo }) => correctRepliedTo,
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
  run: (what, { redoMinutes, t }) => {
    const refusal = redoMinutes(what && FORMS[what]);
    return refusal ? outcomeOf(refusal) : say(t("redo.begun"));
  },
});
