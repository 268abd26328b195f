import { z } from "zod";
import { LedgerUnit } from "../protocol/account.ts";
import { Instant, ParticipantId } from "../protocol/identity.ts";

/** Account of the room as a whole, from which everything goes that people are credited with. */
export const ROOM_ACCOUNT = "room";

const POTS = "pot:";

/** Account of a pot, from which its shares go. */
export function potAccount(pot: string): string {
  return `${POTS}${pot}`;
}

/** Kind of an account, by which forms group them. */
export function accountKind(account: string): "room" | "pot" | "people" {
  return account === ROOM_ACCOUNT ? "room" : account.startsWith(POTS) ? "pot" : "people";
}

/**
 * Entry of the ledger: `amount` of a unit goes from one account to another, so that the accounts of each unit sum to
 * zero. `because`: the events of the journal that it rests on, as `MEETING#PLACE`. The id holds no name, and no version
 * of the rule: an entry that was counted is not counted again by the rule's next version.
 */
export const LedgerEntry = z.object({
  id: z.string().max(200),
  at: Instant,
  unit: LedgerUnit,
  from: z.string().max(300),
  to: z.string().max(300),
  amount: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  because: z.array(z.string()).min(1),
  rule: z.string().regex(/^[a-z-]+@\d+$/),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** People whose accounts an entry changes. */
export function personsOf({ from, to }: Pick<LedgerEntry, "from" | "to">): ParticipantId[] {
  return [from, to].flatMap((account) =>
    accountKind(account) === "people" ? (ParticipantId.safeParse(account).data ?? []) : [],
  );
}

/** Tells whether an entry changes somebody's account. */
export function isOf(who: string, { from, to }: Pick<LedgerEntry, "from" | "to">): boolean {
  return from === who || to === who;
}

/** Orders entries by time and, within a moment, by their ids. */
export function byTime(one: LedgerEntry, other: LedgerEntry): number {
  return one.at - other.at || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}

/** Balance of each account, by unit. */
export function balances(entries: readonly LedgerEntry[]): ReadonlyMap<LedgerUnit, ReadonlyMap<string, number>> {
  const units = new Map<LedgerUnit, Map<string, number>>();
  for (const { unit, from, to, amount } of entries) {
    const accounts = units.get(unit) ?? new Map<string, number>();
    units.set(unit, accounts);
    accounts.set(from, (accounts.get(from) ?? 0) - amount);
    accounts.set(to, (accounts.get(to) ?? 0) + amount);
  }
  return units;
}
