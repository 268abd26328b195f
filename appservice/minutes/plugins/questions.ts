import { z } from "zod";
import { addedItems } from "../llm/join-items.ts";
import { writeQuestions } from "../llm/write-items.ts";
import { withModel } from "../with-model.ts";
import { plugin } from "../plugin.ts";
import { unrepeatedItems } from "../text/items.ts";

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
    const made = await withModel(input, "questions", byRule, {
      find: (llm) => writeQuestions(input, llm),
      join: (rules, found) =>
        unrepeatedItems([...rules, ...addedItems(rules, found)], ({ confirmedBy }) => confirmedBy !== null),
    });
    return { ...made.by, result: { form: "questions", questions: made.items } };
  },
});
