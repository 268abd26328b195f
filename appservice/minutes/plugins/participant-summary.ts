import { z } from "zod";
import { settingOf } from "../highlights/highlights.ts";
import { plugin } from "../plugin.ts";
import { summary } from "../summary.ts";

export default plugin({
  id: "participant-summary",
  version: "1",
  after: "circle",
  about: "participant",
  place: 10,
  reads: [],
  options: z
    .object({
      sentences: z
        .number()
        .int()
        .min(1)
        .max(10)
        .default(3)
        .describe("Most sentences for one participant in one circle"),
    })
    .strict(),
  run: (input) =>
    summary(input, input.options.sentences, (share) =>
      input.byRule("participantHighlights", settingOf(input), share(input.options.sentences)),
    ),
});
