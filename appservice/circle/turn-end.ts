import { z } from "zod";

/** Reason why a turn is over. */
export const TurnEnd = z.enum([
  "passed",
  "forced",
  "time-up",
  "skipped",
  "not-taken",
  "dropped",
  "left",
  "circle-ended",
  "meeting-ended",
]);
export type TurnEnd = z.infer<typeof TurnEnd>;
