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

export function isDay(word: string): boolean {
  return dayOf(word) !== null;
}

const dayOf = remembered(
  (word: string) => Object.keys(DAYS).find((day) => DAYS[day]?.test(word)) ?? null,
  (word) => word,
);
