import { z } from "zod";

export const MOST_SECTIONS = 8;
export const LONGEST_SECTION = 80;

/**
 * Form in which a room wants its summaries: `outcome` is "said, agreed, open" in the summary's language; `own` has
 * headings of the room's own.
 */
export const SummaryTemplate = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("short") }),
  z.object({ kind: z.literal("long") }),
  z.object({ kind: z.literal("outcome") }),
  z.object({
    kind: z.literal("own"),
    sections: z.array(z.string().min(1).max(LONGEST_SECTION)).min(1).max(MOST_SECTIONS),
  }),
]);
export type SummaryTemplate = z.infer<typeof SummaryTemplate>;
