import { type LedgerUnit, OwnUnit, type Quarter } from "../protocol/account.ts";
import { ParticipantId } from "../protocol/identity.ts";
import type { PotRule } from "../protocol/pot.ts";
import { isIn } from "./account.ts";
import { accountKind, type LedgerEntry } from "./entry.ts";

export type Share = { readonly who: ParticipantId; readonly amount: number };

/** Unit by which a pot is shared; null: everybody alike who gave or allowed anything in the quarter. */
const MEASURES: Readonly<Record<PotRule, LedgerUnit | null>> = {
  equal: null,
  hours: "minutes-facilitated",
  corrections: "characters-corrected",
};

/**
 * Shares of a pot, in hundredths, that sum to the whole of it: each gets the part below, and what is left goes one by
 * one to those from whom most was cut off. Nobody's share is negative or nothing; empty where nobody gave anything.
 */
export function sharesOf(
  { amount, rule, quarter }: { readonly amount: number; readonly rule: PotRule; readonly quarter: Quarter },
  entries: readonly LedgerEntry[],
): Share[] {
  const weights = [...weightsOf(rule, quarter, entries)].filter(([, weight]) => weight > 0);
  const whole = weights.reduce((sum, [, weight]) => sum + BigInt(weight), 0n);
  if (whole === 0n) return [];
  const parts = weights.map(([who, weight]) => {
    const exact = BigInt(amount) * BigInt(weight);
    return { who, amount: Number(exact / whole), cut: exact % whole };
  });
  const left = amount - parts.reduce((sum, part) => sum + part.amount, 0);
  const byCut = parts.toSorted((one, other) => compare(other.cut, one.cut) || compare(one.who, other.who));
  const more = new Set(byCut.slice(0, left).map(({ who }) => who));
  return parts
    .map(({ who, amount: part }) => ({ who, amount: part + (more.has(who) ? 1 : 0) }))
    .filter((share) => share.amount > 0)
    .sort((one, other) => compare(one.who, other.who));
}

function weightsOf(rule: PotRule, quarter: Quarter, entries: readonly LedgerEntry[]): Map<ParticipantId, number> {
  const measure = MEASURES[rule];
  const weights = new Map<ParticipantId, number>();
  const add = (account: string, amount: number) => {
    const who = ParticipantId.safeParse(account);
    if (who.success && accountKind(account) === "people") weights.set(who.data, (weights.get(who.data) ?? 0) + amount);
  };
  for (const { unit, from, to, amount, at } of entries) {
    if (!isIn(quarter, { at }) || !OwnUnit.safeParse(unit).success || unit !== (measure ?? unit)) continue;
    add(to, amount);
    add(from, -amount);
  }
  return measure === null ? new Map([...weights.keys()].map((who) => [who, 1])) : weights;
}

function compare<T extends bigint | string>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
