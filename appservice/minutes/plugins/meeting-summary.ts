import { z } from "zod";
import { settingOf } from "../highlights/highlights.ts";
import { meaningsOf } from "../highlights/meanings.ts";
import { plugin } from "../plugin.ts";
import { summary } from "../summary.ts";

export default plugin({
  id: "meeting-summary",
  version: "1",
  after: "meeting",
  about: "meeting",
  place: 10,
  reads: ["circle-summary"],
  options: z
    .object({
      sentences: z.number().int().min(1).max(30).default(8).describe("Most sentences about the whole meeting"),
    })
    .strict(),
  run: (input) =>
    summary(input, input.options.sentences, async (share) => {
      const setting = { ...settingOf(input), meanings: await meaningsOf(input) };
      return input.byRule("meetingHighlights", setting, share(input.options.sentences));
    }),
});
