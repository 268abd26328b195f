import { dueDate } from "./due-date.ts";
import type { Day } from "./days.ts";

const WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
const MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)";
const PART = "(?: (?:morning|afternoon|evening|night|noon))?";
const ENGLISH = new RegExp(
  `(?<![\\p{L}\\d])(?:(?:by|on|until|till|before|over|at|in|within|not later than|sometime) )?(?:(?:the|this|next|late|early) ){0,2}(?:${[
    `(?:end|beginning|start|middle) of (?:(?:the|this|next) ){0,2}(?:day|week|month|quarter|year|${MONTH})`,
    `${WEEKDAY}(?:,? (?:the )?(?:\\d{1,2}|[a-z]{3,9})(?:st|nd|rd|th)(?: of ${MONTH})?)?${PART}`,
    `tomorrow${PART}|today|tonight|this (?:morning|afternoon|evening)`,
    "weekend|week|month|(?:a|an|one|two|three|four|five|six|\\d{1,2}) (?:days?|weeks?|months?)(?: time)?",
    `${MONTH} (?:the )?(?:\\d{1,2}|[a-z]{3,9})(?:st|nd|rd|th)?|\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}`,
    `[a-z]{3,9}(?:st|nd|rd|th)(?: of ${MONTH})?|\\d{1,2}(?:st|nd|rd|th)`,
  ].join("|")})(?![\\p{L}\\d])`,
  "giu",
);

const RU_MONTH = "(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[яаь]";
const RU_WEEKDAY = "(?:понедельник[ау]?|вторник[ау]?|сред[уеы]|четверг[ау]?|пятниц[уеы]|суббот[уеы]|воскресень[еюя])";
const RU_PART = "(?: (?:утром|днем|днём|вечером|ночью|же|с утра))?";
const RUSSIAN = new RegExp(
  `(?<![\\p{L}\\d])(?:(?:к|ко|до|в|во|на|через|не позже|не позднее) )?(?:(?:этой|следующей|будущей|этот|следующий|эту|следующую|ближайшую|ближайший) )?(?:${[
    `конц[ауе] (?:(?:этой|этого|следующей|следующего|рабочего) )?(?:дня|недели|месяца|квартала|года|${RU_MONTH})`,
    `${RU_WEEKDAY}${RU_PART}|(?:завтра|послезавтра|сегодня)${RU_PART}|(?:завтрашнему|завтрашнего) дн[юя]`,
    "неделе|выходных|выходные|выходным|вечера|обеда|(?:две |три |четыре |\\d{1,2} )?(?:недел[юи]|дня|дней|день|месяца?)",
    `(?:двадцать |тридцать )?(?:\\d{1,2}(?:-?(?:го|му))?|\\p{L}{3,14}(?:ого|ому|его|ему)) (?:${RU_MONTH}|числ[ауо])`,
    "\\d{1,2}\\.\\d{1,2}(?:\\.\\d{2,4})?",
  ].join("|")})(?![\\p{L}\\d])`,
  "giu",
);

/** Removes the words that name the day a task is due, which the task keeps beside its title; all other days stay. */
export function withoutDue(said: string, due: string | null, today: Day): string {
  if (due === null) return said;
  const isDue = (found: string) => dueDate(found, today) === due;
  const blanked = (pattern: RegExp, text: string) => text.replace(pattern, (found) => (isDue(found) ? " " : found));
  return blanked(RUSSIAN, blanked(ENGLISH, said))
    .replace(/\s+/gu, " ")
    .replace(/ (?=[.,;:!?])/gu, "")
    .trim();
}
