import { z } from "zod";
import { writeQuestions } from "../llm/write-items.ts";
import { orByRule } from "../or-by-rule.ts";
import { plugin } from "../plugin.ts";

export default plugin({
  id: "questions",
  version: "1",
  after: "meeting",
  about: "meeting",
  place: 25,
  reads: [],
  options: z.object({}).strict(),
  async run(input) {
    const byRule = await input.byRule("findQuestions", input.utterances, input.comments, input.people);
    const made = await orByRule(input, "questions", byRule, (llm) => writeQuestions(input, llm, byRule));
    return { ...made.by, result: { form: "questions", questions: made.items } };
  },
});
