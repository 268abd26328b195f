import { z } from "zod";

/** The section `recording` of the configuration. */
export const RecordingOptions = z.strictObject({
  target: z
    .string()
    .min(1)
    .describe("Name of the set below dataset.targets beside which recordings are kept; LiveKit's Egress writes there"),
  of: z
    .enum(["people", "room"])
    .default("people")
    .describe(
      "people: each who allowed it, in a file of their own; room: the whole call, while everybody in it has allowed it",
    ),
  picture: z.boolean().default(false).describe("Whether pictures are recorded, too; else sound alone"),
  egressFolder: z
    .string()
    .min(1)
    .optional()
    .describe("Where Egress finds the folder of the target, if it runs elsewhere; left out: under the same path"),
});
export type RecordingOptions = z.output<typeof RecordingOptions>;
