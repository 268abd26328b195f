import { z } from "zod";

/** Why a turn is over. */
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
