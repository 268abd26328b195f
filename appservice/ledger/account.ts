import {
  type AccountResponse,
  type LedgerUnit,
  type Quarter,
  quarterBefore,
  spanOfQuarter,
} from "../protocol/account.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { isOf, type LedgerEntry } from "./entry.ts";

/** Ledger of a room at a moment: entries that count, and shares of pots that will unless somebody objects. */
export type LedgerAt = { readonly counted: readonly LedgerEntry[]; readonly coming: readonly LedgerEntry[] };

/** Statement of one person's account in a quarter, the newest line first. */
export function accountOf(
  who: ParticipantId,
  quarter: Quarter,
  { counted: entries, coming }: LedgerAt,
): AccountResponse {
  const lines = entries
    .filter((entry) => isIn(quarter, entry) && isOf(who, entry))
    .map(({ id, at, unit, to, amount, rule, because }) => ({
      id,
      at,
      unit,
      amount: to === who ? amount : -amount,
      rule,
      because: [...because],
    }));
  const sums = new Map<LedgerUnit, number>();
  for (const { unit, amount } of lines) sums.set(unit, (sums.get(unit) ?? 0) + amount);
  return {
    quarter,
    before: quarterBefore(quarter),
    sums: [...sums].map(([unit, amount]) => ({ unit, amount })).sort((one, other) => (one.unit < other.unit ? -1 : 1)),
    lines: lines.reverse(),
    coming: coming.filter(({ to }) => to === who).map(({ at, unit, amount }) => ({ at, unit, amount })),
  };
}

export function isIn(quarter: Quarter, { at }: Pick<LedgerEntry, "at">): boolean {
  const { from, until } = spanOfQuarter(quarter);
  return at >= from && at < until;
}
