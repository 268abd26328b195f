import {
  calendarDay,
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
import { countOf, RUSSIAN_COUNT } from "./small-numbers.ts";
import { readPeriods, type Named, type Reading } from "./spoken-periods.ts";

export const RUSSIAN_LIMIT = /(?<!\p{L})(?:к|ко|до|не позже|не позднее)\s*$/u;

const MONTHS = "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр".split(" ");
const GENITIVE = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" ");
const MONTH = `(${MONTHS.join("|")})(?:ь|я|а|ю|у|е|й)?`;
const IN_GENITIVE = `(${GENITIVE.join("|")})`;

/** Days of the month in words, by their stems: "пятнадцат" of "к пятнадцатому". */
const ORDINALS =
  `перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат
  шестнадцат семнадцат восемнадцат девятнадцат двадцат`.split(/\s+/);
const ORDINAL = `(?:(двадцать|тридцать) )?(${[...ORDINALS].reverse().join("|")}|тридцат)(?:ого|ому|его|ему|ьего|ьему|ое|ье)`;
/** Ending after which no noun follows, of which it would be the number: "к двадцатому", not "к двадцатому пункту". */
const ALONE =
  "(?= *(?:$|[.,;:!?)–—-])| (?:числ\\p{L}|включительно|и|а|но|я|мы|он|она|они|утром|вечером|днем)(?!\\p{L})| \\p{L}{2,20}(?:ем|им|ешь|ишь|ет|ит|ть)(?!\\p{L}))";
const LIMIT = "(?:до|к|в|не позже|не позднее)";

/**
 * Weekdays in the order of the week, Sunday first: chrono knows "в пятницу" and "третьего марта", not the dative that
 * follows "к".
 */
const WEEKDAYS: readonly [stem: string, accusative: string][] = [
  ["воскресень(?:е|я|ю)", "воскресенье"],
  ["понедельник(?:у|а|ом)?", "понедельник"],
  ["вторник(?:у|а|ом)?", "вторник"],
  ["сред(?:а|у|е|ы)", "среду"],
  ["четверг(?:у|а|ом)?", "четверг"],
  ["пятниц(?:а|у|е|ы)", "пятницу"],
  ["суббот(?:а|у|е|ы)", "субботу"],
];
const WEEKDAY = `(${WEEKDAYS.map(([stem]) => stem).join("|")})`;
const WHOLE_WEEKDAYS = WEEKDAYS.map(([stem]) => new RegExp(`^${stem}$`, "u"));
const weekdayOf = (word = "") => WHOLE_WEEKDAYS.findIndex((whole) => whole.test(word));

const COUNT = `(${RUSSIAN_COUNT})`;
const monthOf = (stem: string | undefined) => MONTHS.indexOf(stem ?? "");

/** Weekday in the week that is so many weeks on. */
const inWeek = (today: Day, weeks: number, word: string | undefined) =>
  plus(startOfWeek(today, weeks), (weekdayOf(word) + 6) % 7);

const PERIODS: readonly Reading[] = [
  ...DOTTED,
  [
    pattern(
      `${LIMIT} конц[ауе] (?:рабочего )?дня(?! (?:${WEEKDAY}|завтра))|сегодня|(?:к вечеру|до вечера)(?! (?:${WEEKDAY}|завтра))`,
    ),
    (today) => today,
  ],
  [pattern("(?:в начале|к началу|до начала|начало) следующей недели"), (today) => startOfWeek(today, 1)],
  [pattern("(?:в середине|к середине|до середины) следующей недели"), (today) => plus(startOfWeek(today, 1), 2)],
  [
    pattern("(?:в середине|к середине|до середины) (?:этой |текущей )?недели"),
    (today) => plus(startOfWeek(today, 0), 2),
  ],
  [pattern("(?:в начале|к началу|до начала) (?:этой |текущей )?недели"), () => null],
  [pattern(`${LIMIT} конц[ауе] следующей недели`), (today) => endOfWeek(today, 1)],
  [pattern(`${LIMIT} конц[ауе] (?:этой |текущей )?недели|на этой неделе`), (today) => endOfWeek(today, 0)],
  [pattern("(?:до|к) следующей недел[ие]"), (today) => startOfWeek(today, 1)],
  [pattern(`на (?:следующей|будущей) неделе(?!,? в(?:о)? ${WEEKDAY})`), (today) => endOfWeek(today, 1)],
  [pattern("(?:к|до) выходн(?:ым|ых)"), (today) => endOfWeek(today, 0)],
  [pattern("на выходных|в выходные"), (today) => plus(startOfWeek(today, 0), 6)],
  [pattern("(?:в начале|к началу|до начала) следующего месяца"), (today) => dateInMonth(today, 1, 1)],
  [pattern("(?:в середине|к середине|до середины) следующего месяца"), (today) => dateInMonth(today, 1, 15)],
  [pattern("(?:в середине|к середине|до середины) (?:этого |текущего )?месяца"), (today) => nextDateOfMonth(today, 15)],
  [pattern("(?:в начале|к началу|до начала) (?:этого |текущего )?(?:месяца|квартала|года)"), () => null],
  [pattern(`${LIMIT} конц[ауе] следующего месяца|в следующем месяце`), (today) => endOfMonth(today, 1)],
  [pattern(`${LIMIT} конц[ауе] (?:этого |текущего )?месяца|в этом месяце`), (today) => endOfMonth(today, 0)],
  [pattern(`${LIMIT} конц[ауе] следующего квартала`), (today) => endOfQuarter(today, 1)],
  [pattern(`${LIMIT} конц[ауе] (?:этого |текущего )?квартала`), (today) => endOfQuarter(today, 0)],
  [pattern(`${LIMIT} конц[ауе] следующего года`), (today) => new Date(Date.UTC(today.getUTCFullYear() + 1, 11, 31))],
  [
    pattern(`${LIMIT} конц[ауе] (?:этого |текущего )?года`),
    (today) => new Date(Date.UTC(today.getUTCFullYear(), 11, 31)),
  ],
  [
    pattern("(?:в начале|к началу|до начала) следующего года"),
    (today) => new Date(Date.UTC(today.getUTCFullYear() + 1, 0, 1)),
  ],
  [
    pattern(`(?:в начале|к началу|до начала) ${MONTH}`),
    (today, [, month]) => dateInMonth(today, monthsUntilDate(today, monthOf(month), 1), 1),
  ],
  [
    pattern(`(?:в середине|к середине|до середины) ${MONTH}`),
    (today, [, month]) => dateInMonth(today, monthsUntilDate(today, monthOf(month), 15), 15),
  ],
  [pattern(`${LIMIT} конц[ауе] ${MONTH}`), (today, [, month]) => endOfMonth(today, monthsUntil(today, monthOf(month)))],
  [
    pattern(`${WEEKDAY},? через (?:${COUNT} )?(?:неделю|недели|недель)`),
    (today, [, day, many]) => inWeek(today, countOf(many), day),
  ],
  [
    pattern(`через (?:${COUNT} )?(?:неделю|недели|недель),? во? ${WEEKDAY}`),
    (today, [, many, day]) => inWeek(today, countOf(many), day),
  ],
  [
    pattern(
      `(?:в|во|к|ко|до)? ?${WEEKDAY},? (\\d{1,2})(?:-?(?:го|му|е|ое))?(?: числ[ауо]|(?<=-?(?:го|му|е|ое)))(?! ${IN_GENITIVE})`,
    ),
    (today, [, day, date]) => weekdayWithDate(today, weekdayOf(day), Number(date)),
  ],
  [
    pattern(`(?:в|во|к|ко|до)? ?${WEEKDAY},? ${ORDINAL}(?! ${IN_GENITIVE})`),
    (today, [, day, tens, unit]) => weekdayWithDate(today, weekdayOf(day), numberOf(tens, unit)),
  ],
  [pattern(`накануне ${WEEKDAY}`), (today, [, day]) => plus(nextWeekday(today, weekdayOf(day)), -1)],
  [
    pattern(`(\\d{1,2})(?:-?го)? ${IN_GENITIVE} (?:следующего|будущего) года`),
    (today, [, date, month]) =>
      calendarDay(today, Number(date), GENITIVE.indexOf(month ?? "") + 1, today.getUTCFullYear() + 1),
  ],
  [
    pattern(`(\\d{1,2})(?:-?го)? ${IN_GENITIVE} (\\d\\d)(?:-го)? (?:года|г\\.)`),
    (today, [, date, month, year]) =>
      calendarDay(today, Number(date), GENITIVE.indexOf(month ?? "") + 1, 2_000 + Number(year)),
  ],
  [
    pattern(`через (?:${COUNT} )?(месяц|месяца|месяцев|год|года|лет)`),
    (today, [, many, unit]) => plusMonths(today, countOf(many) * (unit?.startsWith("месяц") ? 1 : 12)),
  ],
  [pattern("через полгода"), (today) => plusMonths(today, 6)],
  [
    pattern("(?:через|в течение|в течении) (\\d{1,3}) (?:день|дня|дней)"),
    (today, [, many]) => plus(today, Number(many)),
  ],
  [
    pattern("(?:к|до|на|не позже|не позднее) (\\d{1,2})(?:-?(?:му|го|ое|е))?(?: числ[ауо])"),
    (today, [, date]) => nextDateOfMonth(today, Number(date)),
  ],
  [
    pattern("(?:к|до|не позже|не позднее) (\\d{1,2})-(?:му|го)(?! [а-я]+(?:я|а)(?!\\p{L}))"),
    (today, [, date]) => nextDateOfMonth(today, Number(date)),
  ],
  [
    pattern(`(?:к|до|на|не позже|не позднее) ${ORDINAL} числ[ауо]`),
    (today, [, tens, unit]) => nextDateOfMonth(today, numberOf(tens, unit)),
  ],
  [
    pattern(`(?:к|до|не позже|не позднее) ${ORDINAL}${ALONE}`),
    (today, [, tens, unit]) => nextDateOfMonth(today, numberOf(tens, unit)),
  ],
  [pattern("(?:в течение|в течении) недели"), (today) => plus(today, 7)],
];

/** Reads dates known here, and returns the rest with its dates turned into forms chrono knows. */
export function readRussian(said: string, today: Day): { rest: string; named: Named[] } {
  const { rest, named } = readPeriods(inFull(said), today, PERIODS, RUSSIAN_LIMIT);
  let text = rest.replace(
    MONTH_WITH_NUMBER,
    (_, date: string, month: string) => `${date} ${GENITIVE[MONTHS.indexOf(month)]}`,
  );
  for (const [pattern, accusative] of AFTER_PREPOSITIONS) {
    text = text.replace(
      pattern,
      (_, how: string, which?: string) => `${/^[кдн]/.test(how) ? "до " : ""}в ${next(which, accusative)}${accusative}`,
    );
  }
  return { rest: text, named };
}

const ORDINAL_OF_MONTH = new RegExp(`(?<!\\p{L})${ORDINAL} (?=(?:${MONTHS.join("|")})\\p{L}{0,2}(?!\\p{L}))`, "gu");
const MONTH_WITH_NUMBER = new RegExp(`(\\d{1,2})-?(?:му|го|ого|ому|е|ое)? ${MONTH}(?!\\p{L})`, "gu");
const AFTER_PREPOSITIONS = WEEKDAYS.map(
  ([stem, accusative]) =>
    [
      new RegExp(
        `(?<!\\p{L})(к|ко|до|в|во|на|не позже|не позднее) (?:(следующ|будущ|ближайш|эт)\\p{L}{1,4} )?${stem}(?!\\p{L})`,
        "gu",
      ),
      accusative,
    ] as const,
);
/** Weekday before a date, which says more than the weekday does. */
const WITH_DATE = new RegExp(
  `(?<!\\p{L})(?:(к|ко|до|в|во|на|не позже|не позднее) )?${WEEKDAY},? (?=\\d{1,2}(?:-?(?:го|му|е))? (?:${MONTHS.join("|")})\\p{L}{0,2}(?!\\p{L})|\\d{1,2}\\.\\d)`,
  "gu",
);

/** Turns ways of saying a day into those that are read below or known to chrono. */
function inFull(said: string): string {
  return said
    .replace(/(?<!\p{L})(не позже|не позднее|самое позднее) чем (?:в |во |через )?/gu, (found, how: string) =>
      found.endsWith("через ") ? "через " : `${how} `,
    )
    .replace(/(?<!\p{L})самое позднее(?: (?:в|во|до))?(?= )/gu, "не позднее")
    .replace(/(?<!\p{L})завтрашн(?:его|ему) дн(?:я|ю)/gu, "завтра")
    .replace(ORDINAL_OF_MONTH, (_, tens: string | undefined, unit: string) => `${numberOf(tens, unit)} `)
    .replace(WITH_DATE, (_, how?: string) => (how ? `${/^[вн]/.test(how) ? "до" : how} ` : "до "));
}

function next(which: string | undefined, weekday: string): string {
  if (which !== "следующ" && which !== "будущ") return "";
  return weekday.endsWith("у") ? "следующую " : weekday.endsWith("е") ? "следующее " : "следующий ";
}

function pattern(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`, "u");
}

function numberOf(tens: string | undefined, unit: string | undefined): number {
  const one = unit === "тридцат" ? 30 : ORDINALS.indexOf(unit ?? "") + 1;
  return one + (tens === "двадцать" ? 20 : tens === "тридцать" ? 30 : 0);
}
