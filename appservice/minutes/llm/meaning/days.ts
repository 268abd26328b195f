import { remembered } from "../../../language/remembered.ts";
import { words } from "../../text/words.ts";

/** Weekdays, months and days from today on, by the beginnings of their words. */
const DAYS: Readonly<Record<string, RegExp>> = Object.fromEntries(
  Object.entries({
    mon: "mondays?|понедельник\\p{L}{0,3}",
    tue: "tuesdays?|вторник\\p{L}{0,3}",
    wed: "wednesdays?|сред(?:а|у|ы|е|ой|ам|ами|ах)",
    thu: "thursdays?|четверг\\p{L}{0,3}",
    fri: "fridays?|пятниц\\p{L}{0,3}",
    sat: "saturdays?|суббот(?:а|у|ы|е|ой|ам|ами|ах)",
    sun: "sundays?|воскресень\\p{L}{0,3}",
    weekend: "weekends?|выходн\\p{L}{1,3}",
    jan: "january|январ\\p{L}{1,3}",
    feb: "february|феврал\\p{L}{1,3}",
    mar: "march|март(?:а|е|у|ом)?",
    apr: "april|апрел\\p{L}{1,3}",
    may: "ма(?:й|я|е|ю|ем)",
    jun: "june|июн\\p{L}{1,3}",
    jul: "july|июл\\p{L}{1,3}",
    aug: "august|август\\p{L}{0,3}",
    sep: "september|сентябр\\p{L}{1,3}",
    oct: "october|октябр\\p{L}{1,3}",
    nov: "november|ноябр\\p{L}{1,3}",
    dec: "december|декабр\\p{L}{1,3}",
    spring: "spring|весн\\p{L}{1,3}",
    summer: "summer|лет(?:о|ом)",
    autumn: "autumn|осен\\p{L}{1,3}",
    winter: "winter|зим\\p{L}{1,3}",
    yesterday: "yesterday|вчера",
    today: "today|tonight|сегодня",
    tomorrow: "tomorrow|завтра",
    later: "послезавтра",
  }).map(([day, forms]) => [day, new RegExp(`^(?:${forms})$`, "u")]),
);

/** Lists the days, months and seasons that a text names. */
export function daysIn(text: string): Set<string> {
  return new Set(words(text).flatMap((word) => dayOf(word) ?? []));
}

/** Weeks, months and years counted from now, by their distance and their unit. */
const PERIODS = [
  [-1, /(?:\blast|(?<!\p{L})прошл\p{L}{2,3}) (week|month|year|недел|месяц|год)/giu],
  [0, /(?:\bthis|(?<!\p{L})(?:эт(?:ой|ом|от|у|а)|текущ\p{L}{2,3})) (week|month|year|недел|месяц|год)/giu],
  [1, /(?:\bnext|(?<!\p{L})(?:следующ|будущ)\p{L}{2,3}|(?<!\p{L})через) (week|month|year|недел|месяц|год)/giu],
] as const;
const UNIT_IN_RUSSIAN: Readonly<Record<string, string>> = { недел: "week", месяц: "month", год: "year" };

function periodsIn(text: string): { readonly unit: string; readonly distance: number }[] {
  return PERIODS.flatMap(([distance, forms]) =>
    [...text.toLowerCase().matchAll(forms)].flatMap(([, unit = ""]) => ({
      unit: UNIT_IN_RUSSIAN[unit] ?? unit,
      distance,
    })),
  );
}

/** Tells whether a text speaks of the next week where only another week was spoken of; so of months and years. */
export function namesOtherPeriod(claim: string, spoken: string): boolean {
  const said = periodsIn(spoken);
  return periodsIn(claim).some(({ unit, distance }) => {
    const same = said.filter((one) => one.unit === unit);
    return same.length > 0 && same.every((one) => one.distance !== distance);
  });
}

export function isDay(word: string): boolean {
  return dayOf(word) !== null;
}

const dayOf = remembered(
  (word: string) => Object.keys(DAYS).find((day) => DAYS[day]?.test(word)) ?? null,
  (word) => word,
);
