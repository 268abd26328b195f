import { plus, plusMonths, type Day } from "./days.ts";
import { countOf, ENGLISH_COUNT, RUSSIAN_COUNT } from "./small-numbers.ts";

/** Finds the day that a text begins with; null: it begins with something else. */
export type DayAtStart = (text: string) => Day | null;

type Stretch = { readonly count: number; readonly unit: string };

const ENGLISH_UNIT = "(day|week|fortnight|month|year)s?";
const RUSSIAN_UNIT = "(день|дня|дней|неделю|недели|недель|месяц|месяца|месяцев|год|года|лет)";

function moved(day: Day, { count, unit }: Stretch, direction: 1 | -1): Day {
  const many = count * direction;
  if (/^(?:week|недел)/.test(unit)) return plus(day, 7 * many);
  if (unit === "fortnight") return plus(day, 14 * many);
  if (/^(?:month|месяц)/.test(unit)) return plusMonths(day, many);
  if (/^(?:year|год|лет)/.test(unit)) return plusMonths(day, 12 * many);
  return plus(day, many);
}

type Counting = { readonly pattern: RegExp; readonly direction: (word: string) => 1 | -1 };

/** Ways of counting, each with the count, the unit, and the word for on or back; the day stands behind it. */
const COUNTINGS: readonly Counting[] = [
  {
    pattern: new RegExp(
      `\\b(?:in |within |no later than )?(${ENGLISH_COUNT}|the) ${ENGLISH_UNIT} (from|after|before|following|of) (?!next\\b(?! \\w)|the (?:end|beginning|start)\\b)`,
    ),
    direction: (word) => (word === "before" ? -1 : 1),
  },
  {
    pattern: new RegExp(`(?<!\\p{L})через (?:(${RUSSIAN_COUNT}) )?${RUSSIAN_UNIT} (после|с|со|от) `, "u"),
    direction: () => 1,
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:спустя |на )?(?:(${RUSSIAN_COUNT}|следующий) )?${RUSSIAN_UNIT} (?:спустя )?(после) `,
      "u",
    ),
    direction: () => 1,
  },
  { pattern: new RegExp(`(?<!\\p{L})за (?:(${RUSSIAN_COUNT}) )?${RUSSIAN_UNIT} (до) `, "u"), direction: () => -1 },
];

/**
 * Tells a stretch from other phrases: "of" counts on from a day only within one, as in "within a week of Friday", and
 * not in "two weeks of work".
 */
const isCounting = (found: RegExpExecArray) => found[3] !== "of" || /^(?:in|within) /.test(found[0]);

/** Letters of a text that may name a day. */
const LONGEST_DAY = 40;

/**
 * Finds a stretch that is counted from a named day: "two weeks from Friday", «через неделю после среды». Null: there is
 * none. A stretch from something else ("a week after the launch") has a place and no day.
 */
export function countedDay(
  said: string,
  dayAtStart: DayAtStart,
): { readonly from: number; readonly to: number; readonly day: Day | null } | null {
  for (const { pattern, direction } of COUNTINGS) {
    const found = pattern.exec(said);
    if (!found || !isCounting(found)) continue;
    const start = found.index + found[0].length;
    const rest = said.slice(start, start + LONGEST_DAY).split(/[,.;:!?]/)[0] ?? "";
    const day = dayAtStart(rest);
    const [, count, unit = "", word = ""] = found;
    return {
      from: found.index,
      to: start + rest.length,
      day:
        day &&
        moved(day, { count: count === "следующий" || count === "the" ? 1 : countOf(count), unit }, direction(word)),
    };
  }
  return null;
}
