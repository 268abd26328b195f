import { endOfMonth, endOfWeek, nextDateOfMonth, type Day } from "./days.ts";
import { readPeriods, type Named, type Reading } from "./spoken-periods.ts";

export const ENGLISH_LIMIT = /\b(?:by|until|till|before|no later than|not later than|due)(?: the| this| end of)?\s*$/;

const MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)";

/** Ends of a period, which chrono reads as the same weekday or date one period on; and dates without a month. */
const PERIODS: readonly Reading[] = [
  [/end of (?:the |this )?day\b|\beod\b|\btonight\b/, (today) => today],
  [/end of next week\b|(?<!day )\bnext week\b/, (today) => endOfWeek(today, 1)],
  [/end of (?:the |this )?week\b|\beow\b|\bthis week\b/, (today) => endOfWeek(today, 0)],
  [/end of next month\b|\bnext month\b/, (today) => endOfMonth(today, 1)],
  [/end of (?:the |this )?month\b|\bthis month\b/, (today) => endOfMonth(today, 0)],
  [new RegExp(`\\b(?:by|on|until|till|before) the (\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:of )?${MONTH})`), (today, [, date]) => nextDateOfMonth(today, Number(date))],
];

export function readEnglish(said: string, today: Day): { rest: string; named: Named[] } {
  return readPeriods(said, today, PERIODS, ENGLISH_LIMIT);
}
