import type { Day } from "./days.ts";

/** Date named in a text; `firm` when it is named as a limit ("by", "до"). */
export type Named = { readonly index: number; readonly day: Day; readonly firm: boolean };

/** Way of naming a day, and its reading as seen from a day. */
export type Reading = readonly [pattern: RegExp, read: (today: Day, match: RegExpExecArray) => Day | null];

/**
 * Reads the days that the table knows and blanks them, so that nothing else reads them otherwise; also words that name
 * a day there is not.
 */
export function readPeriods(
  said: string,
  today: Day,
  table: readonly Reading[],
  limit: RegExp,
): { rest: string; named: Named[] } {
  const named: Named[] = [];
  let rest = said;
  for (const [pattern, read] of table) {
    const match = pattern.exec(rest);
    if (!match) continue;
    const day = read(today, match);
    const before = rest.slice(0, match.index);
    if (day)
      named.push({ index: match.index, day, firm: limit.test(before) || limit.test(`${match[0].split(" ")[0]!} `) });
    rest = before + "·".repeat(match[0].length) + rest.slice(match.index + match[0].length);
  }
  return { rest, named };
}
