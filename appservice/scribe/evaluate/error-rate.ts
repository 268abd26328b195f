import { normalised } from "./normalise.ts";

/**
 * Number of units (words or characters) that were said, and of insertions, deletions and substitutions in the
 * transcript.
 */
export type Errors = { readonly errors: number; readonly of: number };

export function wordErrors(said: string, written: string): Errors {
  return distance(normalised(said), normalised(written));
}

/** Counts errors in the characters without the spaces between words: a word cut in two is counted among the words. */
export function characterErrors(said: string, written: string): Errors {
  return distance([...normalised(said).join("")], [...normalised(written).join("")]);
}

/** Rate in per cent, over all of them: long texts count for more than short ones. */
export function errorRate(all: readonly Errors[]): number {
  const of = all.reduce((sum, one) => sum + one.of, 0);
  return of === 0 ? NaN : (100 * all.reduce((sum, { errors }) => sum + errors, 0)) / of;
}

/** Levenshtein's distance between two rows of units. */
export function distance(reference: readonly string[], found: readonly string[]): Errors {
  let row = Array.from({ length: found.length + 1 }, (_, at) => at);
  for (const [line, unit] of reference.entries()) {
    const next = [line + 1];
    for (const [at, other] of found.entries()) {
      next.push(Math.min((row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1, (row[at] ?? 0) + (unit === other ? 0 : 1)));
    }
    row = next;
  }
  return { errors: row[found.length] ?? 0, of: reference.length };
}
