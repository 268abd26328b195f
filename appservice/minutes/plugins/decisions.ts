import { z } from "zod";
import { addedItems } from "../llm/join-items.ts";
import { writeDecisions } from "../llm/write-items.ts";
import { withModel } from "../with-model.ts";
import { plugin } from "../plugin.ts";
import { unrepeatedItems } from "../text/items.ts";

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
    const made = await withModel(input, "decisions", byRule, {
      find: (llm) => writeDecisions(input, llm),
      join: (rules, found) =>
        unrepeatedItems([...rules, ...addedItems(rules, found)], ({ status }) => status === "confirmed"),
    });
    return { ...made.by, result: { form: "decisions", decisions: made.items } };
  },
});
