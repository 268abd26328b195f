import { z } from "zod";
import { Currency, Quarter } from "./account.ts";
import { Instant, ParticipantId } from "./identity.ts";

/** Rule by which a pot is shared. `hours`: by minutes facilitated; `corrections`: by characters corrected. */
export const PotRule = z.enum(["equal", "hours", "corrections"]);
export type PotRule = z.infer<typeof PotRule>;

/** Time in which anybody in the room can object to a pot before it counts. */
export const POT_WAITS_MS = 14 * 86_400_000;

/** Money that a group shares among those who gave to a quarter's meetings. Amounts are in hundredths of the unit. */
export const Pot = z.object({
  id: z.string().min(1).max(60),
  /** Circle of the meeting that decided the rule by consent. */
  circle: z.number().int().nonnegative(),
  rule: PotRule,
  unit: Currency,
  amount: z.number().int().positive().max(1e12),
  quarter: Quarter,
  shares: z.array(z.object({ who: ParticipantId, amount: z.number().int().positive() })).min(1),
  countsAt: Instant,
});
export type Pot = z.infer<typeof Pot>;

/** Request for a pot to be shown: its amount in hundredths of the unit; `quarter` null: the present one. */
export type PotWish = {
  readonly amount: number;
  readonly unit: string;
  readonly rule: PotRule;
  readonly quarter: Quarter | null;
};

/** Pot as the room is told of it: with the theme of the circle that consented. */
export type PotTold = { readonly pot: Pot; readonly theme: string };
