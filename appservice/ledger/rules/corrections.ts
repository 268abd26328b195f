import type { ParticipantId } from "../../protocol/identity.ts";
import { changedCharacters } from "../changed-characters.ts";
import type { Credit, LedgerRule } from "../rule.ts";
import { type Change, type Changed, changedTexts } from "./changed-texts.ts";

const DAY_MS = 86_400_000;
/** Time for which a correction must stand. */
export const STANDS_MS = 7 * DAY_MS;
/** Most characters that corrections of one text can earn, all people together. */
export const MOST_A_TEXT = 200;

/**
 * Characters changed by corrections of other people's words that stood for seven days and that somebody else confirmed.
 * One's own words earn nothing, nor does a text that stood there before, nor texts over which two people went back and
 * forth. A correction that somebody went on from themselves is counted with the last of them.
 */
export const corrections: LedgerRule = {
  name: "corrections",
  version: 1,
  credits: function* ({ happenings }) {
    for (const text of changedTexts(happenings)) yield* creditsOf(text);
  },
};

function* creditsOf({ author, changes }: Changed): Generator<Credit, void> {
  let left = MOST_A_TEXT;
  for (const [nth, change] of changes.entries()) {
    const credit = change.by === author ? null : creditFor(change, nth, changes, left);
    if (!credit) continue;
    left -= credit.amount;
    yield credit;
  }
}

function creditFor(change: Change, nth: number, changes: readonly Change[], left: number): Credit | null {
  const confirmed = change.confirmations.find(({ by }) => by !== change.by);
  const next = changes[nth + 1];
  if (!confirmed || (next && next.at < standsFrom(change, confirmed.at))) return null;
  const earlier = changes.slice(0, nth + 1).map(({ before }) => before);
  if (earlier.includes(change.after) || isFoughtOver(nth, changes)) return null;
  const amount = changedCharacters(textBefore(nth, changes), change.after, left);
  if (amount === 0) return null;
  return {
    key: `${change.place}`,
    at: standsFrom(change, confirmed.at),
    who: change.by,
    unit: "characters-corrected",
    amount,
    because: [change.id, confirmed.id],
  };
}

function standsFrom(change: Change, confirmedAt: number): number {
  return Math.max(change.at + STANDS_MS, confirmedAt);
}

/**
 * Text from which the person went on: what stood before the first of their corrections that follow each other closely.
 */
function textBefore(nth: number, changes: readonly Change[]): string {
  const run = closeBefore(nth, changes);
  const first = run.findLastIndex(({ by }) => by !== changes[nth]?.by) + 1;
  return (run[first] ?? changes[nth])?.before ?? "";
}

/** Tells whether somebody came back to a text after another had changed it, and nobody let it rest in between. */
function isFoughtOver(nth: number, changes: readonly Change[]): boolean {
  const writers: ParticipantId[] = [];
  for (const { by } of closeBefore(nth, changes)) if (writers.at(-1) !== by) writers.push(by);
  return new Set(writers).size < writers.length;
}

/** A change and those before it between which no seven days lie, in order. */
function closeBefore(nth: number, changes: readonly Change[]): readonly Change[] {
  const upTo = changes.slice(0, nth + 1);
  const rest = upTo.findLastIndex((change, place) => (upTo[place + 1]?.at ?? change.at) - change.at >= STANDS_MS);
  return upTo.slice(rest + 1);
}
