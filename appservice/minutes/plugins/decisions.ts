import { z } from "zod";
import { writeDecisions } from "../llm/write-items.ts";
import { orByRule } from "../or-by-rule.ts";
import { plugin } from "../plugin.ts";

export default plugin({
  id: "decisions",
  version: "1",
  after: "meeting",
  about: "meeting",
  place: 15,
  reads: [],
  options: z.object({}).strict(),
  async run(input) {
    const byRule = await input.byRule("findDecisions", input.utterances, input.comments, input.people);
    const made = await orByRule(input, "decisions", byRule, (llm) => writeDecisions(input, llm, byRule));
    return { ...made.by, result: { form: "decisions", decisions: made.items } };
  },
});
