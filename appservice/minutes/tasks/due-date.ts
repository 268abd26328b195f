import { en, ru, type ParsedResult } from "chrono-node";
import { normalise, scriptOf } from "../text/words.ts";
import { countedDay } from "./counted-days.ts";
import { iso, plus, type Day } from "./days.ts";
import { ENGLISH_LIMIT, readEnglish } from "./english-dates.ts";
import { withoutRecurring } from "./recurring.ts";
import { readRussian, RUSSIAN_LIMIT } from "./russian-dates.ts";
import { withDigits } from "./spoken-numbers.ts";
import type { Named } from "./spoken-periods.ts";

/**
 * Letters of a sentence that are read (text/sentences.ts): the library that knows dates takes its time for each further
 * one.
 */
const LONGEST = 600;

/** Day something is due, named in words said on `today`; null when none is named, or only one that is past. */
export function dueDate(text: string, today: Day): string | null {
  const said = withoutRecurring(withoutParts(withDigits(normalise(text.slice(0, LONGEST)))));
  const read = scriptOf(text) === "cyrillic" ? russian : english;
  const best = daysIn(said, today, read)
    .filter(({ day }) => day >= today)
    .sort((a, b) => Number(b.firm) - Number(a.firm) || a.index - b.index)[0];
  return best ? iso(best.day) : null;
}

type Read = (said: string, today: Day) => Named[];

/**
 * Blanks stretches with parts: "two and a half weeks" is read by nothing here; its last words alone would be another
 * stretch.
 */
function withoutParts(said: string): string {
  return said.replace(
    /(?:(?<![\w-])[\w-]{1,20} (?:and a half|point \w{1,20}) |(?<!\p{L})\p{L}{1,20} с половиной |(?<!\d)\d{1,6}[.,]\d{1,6} ?)(?:hour|day|week|month|year|minute|час|минут|дн|день|недел|месяц|год|лет)\p{L}{0,5}/gu,
    (found) => "·".repeat(found.length),
  );
}

/** Letters within which a day counts as near the beginning: "the", "next", «следующей» may stand before it. */
const NEAR = 6;

/** Lists days. Those counted from a named one come first; the named one is then no day of its own. */
function daysIn(said: string, today: Day, read: Read): Named[] {
  const counted = countedDay(
    said,
    (rest) =>
      read(rest, today)
        .toSorted((a, b) => a.index - b.index)
        .find(({ index }) => index <= NEAR)?.day ?? startsNow(rest, today),
  );
  if (!counted) return read(said, today);
  const { from, to, day } = counted;
  const rest = read(said.slice(0, from) + "·".repeat(to - from) + said.slice(to), today);
  return day ? [{ index: from, day, firm: true }, ...rest.filter(({ firm }) => firm)] : rest;
}

function startsNow(rest: string, today: Day): Day | null {
  return /^(?:now|today|сегодня)/.test(rest) ? today : null;
}

/**
 * Words before a day that is not due: "from Monday" begins something, "last Friday" is past, "every Friday" is no day;
 * nor is "Friday's" due, which belongs to another thing.
 */
const NOT_DUE_ENGLISH = /\b(?:since|from|last|past|previous|every|each|of|about|than|after)(?: the)?\s*$/;
const WEEKDAY = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/;

function english(said: string, today: Day): Named[] {
  const { rest, named } = readEnglish(said, today);
  return [
    ...named,
    ...parse(en, rest, today).flatMap((result): Named[] => {
      const before = rest.slice(0, result.index);
      const after = rest.slice(result.index + result.text.length);
      if (
        NOT_DUE_ENGLISH.test(before) ||
        /^'s\b/.test(after) ||
        /^(?:on )?the day$/.test(result.text) ||
        /\b(?:last|past|ago|every|seconds?|minutes?|moments?)\b|^for\b/.test(result.text)
      )
        return [];
      if (result.start.isCertain("weekday") && !result.start.isCertain("day") && !WEEKDAY.test(result.text)) return []; // "sat", "sun"
      return namedBy(result, today, ENGLISH_LIMIT.test(before) || /^(?:by|until|till|before)\b/.test(result.text));
    }),
  ];
}

const NOT_DUE_RUSSIAN = /(?<!\p{L})(?:с|со|от|после|за|кажд\p{L}{1,3}|прошл\p{L}{1,3}|о|об|про)\s*$/u;

function russian(said: string, today: Day): Named[] {
  const { rest, named } = readRussian(said, today);
  return [
    ...named,
    ...parse(ru, rest, today).flatMap((result): Named[] => {
      const before = rest.slice(0, result.index);
      if (NOT_DUE_RUSSIAN.test(before) || /^(?:с|со|от|после|за) |прошл|назад|минут|секунд/.test(result.text))
        return [];
      if (/^(?:недел|месяц|год|ден|дн|час)/.test(result.text)) return []; // a bare length of time
      return namedBy(result, today, RUSSIAN_LIMIT.test(before));
    }),
  ];
}

type Chrono = { parse(text: string, reference: Date, option: { forwardDate: boolean }): ParsedResult[] };

function parse(chrono: Chrono, text: string, today: Day): ParsedResult[] {
  // Noon by the machine's own clock, which chrono reckons in, is that day in any zone.
  const noon = new Date(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate(), 12);
  return chrono.parse(text, noon, { forwardDate: true });
}

/** Takes only results that name a day: nobody can be held to a bare month or hour. */
function namedBy({ start, index }: ParsedResult, today: Day, firm: boolean): Named[] {
  const [year, month, date] = [start.get("year"), start.get("month"), start.get("day")];
  if (!(start.isCertain("day") || start.isCertain("weekday")) || year === null || month === null || date === null)
    return [];
  const found = new Date(Date.UTC(year, month - 1, date));
  // A weekday said on that very weekday is the next one: today would have been called today.
  const isToday = !start.isCertain("day") && found.getTime() === today.getTime();
  return [{ index, day: isToday ? plus(found, 7) : found, firm }];
}
