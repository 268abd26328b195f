import { z } from "zod";
import { settingOf } from "../highlights/highlights.ts";
import { plugin } from "../plugin.ts";
import { summarySoFar } from "../growing-summary.ts";
import { summary } from "../summary.ts";

export default plugin({
  id: "circle-summary",
  version: "1",
  after: "circle",
  about: "circle",
  place: 10,
  reads: [],
  options: z
    .object({
      sentences: z
        .number()
        .int()
        .min(1)
        .max(20)
        .default(7)
        .describe("Most sentences a language model may write about a circle"),
      perPerson: z
        .number()
        .int()
        .min(1)
        .max(3)
        .default(1)
        .describe("Without a language model: sentences chosen of each participant, so that every voice is there"),
    })
    .strict(),
  run: (input) =>
    summary(input, input.options.sentences, (share) =>
      input.byRule("circleHighlights", settingOf(input), share(input.options.perPerson)),
    ),
  grow: (input) =>
    summarySoFar(input, () => input.byRule("circleHighlights", settingOf(input), input.options.perPerson)),
});
