import {
  dateInMonth,
  endOfMonth,
  endOfQuarter,
  endOfWeek,
  monthsUntil,
  monthsUntilDate,
  nextDateOfMonth,
  nextWeekday,
  plus,
  plusMonths,
  startOfWeek,
  weekdayWithDate,
  type Day,
} from "./days.ts";
import { DOTTED } from "./dotted-dates.ts";
import { countOf, ENGLISH_COUNT } from "./small-numbers.ts";
import { readPeriods, type Named, type Reading } from "./spoken-periods.ts";

export const ENGLISH_LIMIT = /\b(?:by|until|till|before|due)(?: the| this| end of)?\s*$/;

const MONTHS = "january february march april may june july august september october november december".split(" ");
const MONTH = `(${MONTHS.join("|")})`;
const WEEKDAYS = "sunday monday tuesday wednesday thursday friday saturday".split(" ");
const WEEKDAY = `(${WEEKDAYS.join("|")})`;
const NTHS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(" ");
const NTH = `(\\d{1,2})(?:st|nd|rd|th)`;
/** Ending after which no noun follows, of which it would be the number: "by the 5th", not "by the 5th meeting". */
const ALONE = `(?! (?:of )?${MONTH})(?= *(?:$|[.,;:!?)–—-])| (?:of (?:this|next|the) month|and|but|or|so|at|in|by|with|i|we|he|she|they|it|if|because|for|to|latest|noon|morning|then|please|as|when|before|after|already|evening)\\b)`;

const monthOf = (name: string | undefined) => MONTHS.indexOf(name ?? "");
const pattern = (source: string) => new RegExp(`\\b(?:${source})`);

/**
 * Ends, beginnings and middles of a period, which chrono reads as the same weekday or date one period on; and dates
 * without a month.
 */
const PERIODS: readonly Reading[] = [
  ...DOTTED,
  // A part of a day that is named belongs to that day.
  [
    pattern(
      `(?:end of (?:the |this )?day|eod|tonight|cob|this (?:morning|afternoon|evening))\\b(?! (?:on |by )?(?:${WEEKDAYS.join("|")}|tomorrow|the \\d|\\d|next))`,
    ),
    (today) => today,
  ],
  [
    pattern("(?:beginning|start) of (?:the )?next week\\b|(?:early|first thing) (?:in )?next week\\b"),
    (today) => startOfWeek(today, 1),
  ],
  [pattern("(?:middle of|mid)[ -](?:the )?next week\\b"), (today) => plus(startOfWeek(today, 1), 2)],
  [pattern("(?:middle of|mid)[ -](?:the |this )?week\\b|midweek\\b"), (today) => plus(startOfWeek(today, 0), 2)],
  [pattern("(?:beginning|start) of (?:the |this )?week\\b|early (?:in )?(?:the |this )week\\b"), () => null],
  [pattern("week after next\\b"), (today) => endOfWeek(today, 2)],
  [pattern("month after next\\b"), (today) => endOfMonth(today, 2)],
  [pattern(`${WEEKDAY} after next\\b`), (today, [, day]) => plus(nextWeekday(today, WEEKDAYS.indexOf(day ?? "")), 14)],
  [
    pattern(`(one|two|three|four) ${WEEKDAY}s from now\\b`),
    (today, [, many, day]) => plus(nextWeekday(today, WEEKDAYS.indexOf(day ?? "")), 7 * (countOf(many) - 1)),
  ],
  [
    pattern(`a (week|fortnight) on ${WEEKDAY}\\b`),
    (today, [, unit, day]) => plus(nextWeekday(today, WEEKDAYS.indexOf(day ?? "")), unit === "week" ? 7 : 14),
  ],
  [
    pattern(`${WEEKDAY} (week|fortnight)\\b`),
    (today, [, day, unit]) => plus(nextWeekday(today, WEEKDAYS.indexOf(day ?? "")), unit === "week" ? 7 : 14),
  ],
  [pattern("end of next week\\b|(?<!day )next week\\b"), (today) => endOfWeek(today, 1)],
  [pattern("end of (?:the |this )?week\\b|eow\\b|this week\\b"), (today) => endOfWeek(today, 0)],
  [pattern("(?:by|before|until) (?:the |this )?weekend\\b"), (today) => endOfWeek(today, 0)],
  [pattern("(?:(?:over|at|on|during) the|this) weekend\\b"), (today) => plus(startOfWeek(today, 0), 6)],
  [
    pattern("(?:beginning|start) of (?:the )?next month\\b|early (?:in )?next month\\b"),
    (today) => dateInMonth(today, 1, 1),
  ],
  [pattern("(?:middle of|mid)[ -](?:the )?next month\\b"), (today) => dateInMonth(today, 1, 15)],
  [pattern("(?:middle of|mid)[ -](?:the |this )?month\\b"), (today) => nextDateOfMonth(today, 15)],
  [pattern("(?:beginning|start) of (?:the |this )month\\b|early (?:in )?(?:the |this )month\\b"), () => null],
  [pattern("end of next month\\b|next month\\b"), (today) => endOfMonth(today, 1)],
  [pattern("end of (?:the |this )?month\\b|month[ -]end\\b|eom\\b|this month\\b"), (today) => endOfMonth(today, 0)],
  [pattern("end of (?:the )?next quarter\\b"), (today) => endOfQuarter(today, 1)],
  [pattern("end of (?:the |this )?quarter\\b|eoq\\b"), (today) => endOfQuarter(today, 0)],
  [pattern("end of (?:the )?next year\\b"), (today) => new Date(Date.UTC(today.getUTCFullYear() + 1, 11, 31))],
  [
    pattern("end of (?:the |this )?year\\b|year[ -]end\\b|eoy\\b"),
    (today) => new Date(Date.UTC(today.getUTCFullYear(), 11, 31)),
  ],
  [
    pattern("(?:beginning|start) of (?:the )?next year\\b|early (?:in )?next year\\b"),
    (today) => new Date(Date.UTC(today.getUTCFullYear() + 1, 0, 1)),
  ],
  [
    pattern(`(?:beginning|start) of ${MONTH}\\b|early (?:in )?${MONTH}\\b`),
    (today, [, one, other]) => first(today, monthOf(one ?? other)),
  ],
  [
    pattern(`(?:the )?(?:middle of|mid)[ -]${MONTH}\\b`),
    (today, [, month]) => dateInMonth(today, monthsUntilDate(today, monthOf(month), 15), 15),
  ],
  [
    pattern(`(?:the )?end of ${MONTH}\\b(?! \\d)`),
    (today, [, month]) => endOfMonth(today, monthsUntil(today, monthOf(month))),
  ],
  [
    pattern(`(?:in|within) (${ENGLISH_COUNT}) (month|year)s?\\b`),
    (today, [, many, unit]) => plusMonths(today, countOf(many) * (unit === "year" ? 12 : 1)),
  ],
  [pattern("(?:in|within) (?:a fortnight|fourteen nights)\\b"), (today) => plus(today, 14)],
  [pattern("(?:in|within) (\\d{1,3}) days?\\b"), (today, [, many]) => plus(today, Number(many))],
  [pattern("(?:in|within) (?:half a year|six months)\\b"), (today) => plusMonths(today, 6)],
  [
    pattern(`${WEEKDAY},? (?:the )?${NTH}\\b(?! (?:of )?${MONTH})`),
    (today, [, day, date]) => weekdayWithDate(today, WEEKDAYS.indexOf(day ?? ""), Number(date)),
  ],
  [
    pattern(`(?:by|on|until|till|before) the ${NTH}\\b${ALONE}`),
    (today, [, date]) => nextDateOfMonth(today, Number(date)),
  ],
];

function first(today: Day, month: number): Day {
  return dateInMonth(today, monthsUntilDate(today, month, 1), 1);
}

export function readEnglish(said: string, today: Day): { rest: string; named: Named[] } {
  return readPeriods(inFull(said, today), today, PERIODS, ENGLISH_LIMIT);
}

const SHORT = /\b(by|on|until|till|before|next|this|due) (mon|tues?|weds?|thurs?|thu|thur|fri|sat|sun)\b\.?(?!')/g;
const NTH_IN_WORDS = new RegExp(
  `\\b((?:by|on|until|till|before|${WEEKDAYS.join("|")})(?:,? the)) (${NTHS.join("|")})\\b(?=${ALONE})`,
  "g",
);
const WITH_DATE = new RegExp(
  `\\b${WEEKDAY}(?:,? |,? \\(|, the |,? the )(?=\\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH}|${MONTH} \\d|(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)\\.? \\d)`,
  "g",
);
const NEXT_YEAR = new RegExp(
  `\\b(?:(${MONTHS.join("|")}) (\\d{1,2})(?:st|nd|rd|th)?|(?:the )?(\\d{1,2})(?:st|nd|rd|th)? (?:of )?(${MONTHS.join("|")})),? (?:of )?next year\\b`,
  "g",
);

/** Turns ways of saying a day into those that are read here or known to chrono. */
function inFull(said: string, today: Day): string {
  return (
    said
      .replace(/\b(?:(?:no|not) later than|not after|on or before|up to|by no later than|at the latest by)\b/g, "by")
      .replace(/\b24\/7\b/g, "····")
      // Blanks a fraction, unless it is plainly meant as a date.
      .replace(
        /(?<!\b(?:by|on|until|till|before|due|to|for|from|deadline|deadline:) )(?<![\d/])\b\d{1,2}\/\d{1,2}\b(?!\/)/g,
        (found) => "·".repeat(found.length),
      )
      .replace(
        SHORT,
        (_, how: string, day: string) => `${how} ${WEEKDAYS.find((each) => each.startsWith(day.slice(0, 3))) ?? day}`,
      )
      .replace(NTH_IN_WORDS, (_, before: string, nth: string) => `${before} ${NTHS.indexOf(nth) + 1}th`)
      .replace(
        NEXT_YEAR,
        (_, m1?: string, d1?: string, d2?: string, m2?: string) =>
          `${m1 ?? m2} ${d1 ?? d2}, ${today.getUTCFullYear() + 1}`,
      )
      .replace(WITH_DATE, "")
  );
}
