import type { Parts } from "../journal/parts-of-work.ts";
import type { LedgerUnit } from "../protocol/account.ts";
import { isGuest, type ParticipantId } from "../protocol/identity.ts";
import { type LedgerEntry, ROOM_ACCOUNT } from "./entry.ts";
import type { Story } from "./happening.ts";

/** Credit for one person, or its reversal. `key` tells it from the rule's others in this story, and names nobody. */
export type Credit = {
  readonly key: string;
  readonly at: number;
  readonly who: ParticipantId;
  readonly unit: LedgerUnit;
  /** Positive: credited; negative: taken back. */
  readonly amount: number;
  /** Account that it comes from; left out: the room's. */
  readonly against?: string;
  readonly because: readonly string[];
};

/** Rule of the ledger. Pure: the same story gives the same credits, whatever the time is. */
export type LedgerRule = {
  readonly name: string;
  /** Raised with each change of what it counts. */
  readonly version: number;
  /** Credits that follow from a story. One may lie ahead: it counts from its `at`, unless something happens first. */
  readonly credits: (story: Story) => Iterable<Credit>;
};

/**
 * Double entries of a rule, one credit in each part. Guests have no account: nobody knows whether the next one is the
 * same person.
 */
export function* entriesBy(rule: LedgerRule, story: Story): Parts<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for (const credit of rule.credits(story)) {
    if (credit.amount !== 0 && !isGuest(credit.who)) entries.push(entryOf(credit, rule, story));
    yield;
  }
  return entries;
}

function entryOf(
  { key, at, who, unit, amount, because, against = ROOM_ACCOUNT }: Credit,
  { name, version }: LedgerRule,
  { source }: Story,
): LedgerEntry {
  return {
    id: `${source}/${name}/${key}`,
    at,
    unit,
    ...(amount > 0 ? { from: against, to: who } : { from: who, to: against }),
    amount: Math.abs(amount),
    because: [...because],
    rule: `${name}@${version}`,
  };
}
