import { endOfMonth, endOfWeek, nextDateOfMonth, plus, type Day } from "./days.ts";
import { readPeriods, type Named, type Reading } from "./spoken-periods.ts";

export const RUSSIAN_LIMIT = /(?<!\p{L})(?:к|ко|до|не позже|не позднее)\s*$/u;

const MONTHS = "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр".split(" ");
const GENITIVE = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" ");
const MONTH = `(${MONTHS.join("|")})(?:ь|я|а|ю|у|е|й)?`;

/** Days of the month in words, by their stems: "пятнадцат" of "к пятнадцатому". */
const ORDINALS = `перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат
  шестнадцат семнадцат восемнадцат девятнадцат двадцат`.split(/\s+/);
const ORDINAL = `(?:(двадцать|тридцать) )?(${[...ORDINALS].reverse().join("|")}|тридцат)(?:ого|ому|его|ему|ьего|ьему|ое|ье)`;

const PERIODS: readonly Reading[] = [
  [pattern("(?:(?:до|к|в) конц[ауе] (?:рабочего )?дня|сегодня|к вечеру|до вечера)"), (today) => today],
  [pattern("(?:до|к|в) конц[ауе] следующей недели"), (today) => endOfWeek(today, 1)],
  [pattern("(?:до|к|в) конц[ауе] (?:этой |текущей )?недели|на этой неделе"), (today) => endOfWeek(today, 0)],
  [pattern("(?:до|к) следующей недел[ие]"), (today) => plus(endOfWeek(today, 1), -4)],
  [pattern("на (?:следующей|будущей) неделе"), (today) => endOfWeek(today, 1)],
  [pattern("(?:до|к|в) конц[ауе] следующего месяца|в следующем месяце"), (today) => endOfMonth(today, 1)],
  [pattern("(?:до|к|в) конц[ауе] (?:этого |текущего )?месяца|в этом месяце"), (today) => endOfMonth(today, 0)],
  [pattern(`(?:до|к|в) конц[ауе] ${MONTH}`), (today, [, month]) => endOfMonth(today, monthsAhead(today, month))],
  [pattern("(?:к|до|на) (\\d{1,2})(?:-?(?:му|го|ое|е))?(?: числ[ауо])"), (today, [, date]) => nextDateOfMonth(today, Number(date))],
  [pattern("(?:к|до) (\\d{1,2})-(?:му|го)(?! [а-я]+(?:я|а)(?!\\p{L}))"), (today, [, date]) => nextDateOfMonth(today, Number(date))],
  [pattern(`(?:к|до|на) ${ORDINAL} числ[ауо]`), (today, [, tens, unit]) => nextDateOfMonth(today, numberOf(tens, unit))],
  [pattern("(?:к |до |на )?(\\d{1,2})\\.(\\d{1,2})(?:\\.(?:20)?\\d\\d)?"), (today, [, date, month]) => dated(today, Number(month), Number(date))],
  [pattern("(?:в течение|в течении) недели"), (today) => plus(today, 7)],
];

/** chrono knows "в пятницу" and "третьего марта", not the dative that follows "к". */
const WEEKDAYS: readonly [stem: string, accusative: string][] = [
  ["понедельник(?:у|а|ом)?", "понедельник"], ["вторник(?:у|а|ом)?", "вторник"], ["сред(?:а|у|е|ы)", "среду"],
  ["четверг(?:у|а|ом)?", "четверг"], ["пятниц(?:а|у|е|ы)", "пятницу"], ["суббот(?:а|у|е|ы)", "субботу"],
  ["воскресень(?:е|я|ю)", "воскресенье"],
];

/** Dates read here, and the rest with its dates turned into forms chrono knows. */
export function readRussian(said: string, today: Day): { rest: string; named: Named[] } {
  const { rest, named } = readPeriods(said, today, PERIODS, RUSSIAN_LIMIT);
  let text = rest.replace(new RegExp(`(?<!\\p{L})${ORDINAL} (?=(?:${MONTHS.join("|")})\\p{L}{0,2}(?!\\p{L}))`, "gu"), (_, tens, unit) => `${numberOf(tens, unit)} `);
  text = text.replace(new RegExp(`(\\d{1,2})-?(?:му|го|ого|ому|е|ое)? ${MONTH}(?!\\p{L})`, "gu"), (_, date: string, month: string) => `${date} ${GENITIVE[MONTHS.indexOf(month)]}`);
  for (const [stem, accusative] of WEEKDAYS) {
    text = text.replace(
      new RegExp(`(?<!\\p{L})(к|ко|до|в|во|на|не позже|не позднее) (?:(следующ|будущ|ближайш|эт)\\p{L}+ )?${stem}(?!\\p{L})`, "gu"),
      (_, how: string, which?: string) => `${/^[кдн]/.test(how) ? "до " : ""}в ${next(which, accusative)}${accusative}`,
    );
  }
  return { rest: text, named };
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

function monthsAhead(today: Day, month: string | undefined): number {
  return (MONTHS.indexOf(month ?? "") - today.getUTCMonth() + 12) % 12;
}

function dated(today: Day, month: number, date: number): Day | null {
  if (month < 1 || month > 12 || date < 1 || date > 31) return null;
  const found = new Date(Date.UTC(today.getUTCFullYear(), month - 1, date));
  return found >= today ? found : new Date(Date.UTC(today.getUTCFullYear() + 1, month - 1, date));
}
