import { z } from "zod";
import { settingOf } from "../highlights/highlights.ts";
import { plugin } from "../plugin.ts";
import { summary } from "../summary.ts";

export default plugin({
  id: "person-summary",
  version: "1",
  after: "meeting",
  about: "person",
  place: 10,
  reads: ["participant-summary"],
  options: z
    .object({
      sentences: z
        .number()
        .int()
        .min(1)
        .max(15)
        .default(4)
        .describe("Most sentences for one participant over the whole meeting"),
    })
    .strict(),
  async run(input) {
    const circles = new Set(input.utterances.map(({ circle }) => circle));
    // A person who spoke in one circle alone is summed up there already.
    if (circles.size < 2)
      return { result: { form: "summary", sentences: [] }, method: "highlights", model: null, prompt: null };
    return summary(input, input.options.sentences, (share) =>
      input.byRule("participantHighlights", settingOf(input), share(input.options.sentences)),
    );
  },
});
