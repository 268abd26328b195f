import { calendarDay, type Day } from "./days.ts";
import type { Reading } from "./spoken-periods.ts";

/**
 * Words behind which a number with a dot is a version, a chapter, a sum: "version 2.5", «пункт 4.12», "Ubuntu 24.04".
 */
const NUMBERED =
  "(?<!(?:верси|пункт|глав|раздел|част|релиз|параграф|стать|кабинет|комнат|аудитори|цен|стоимост|сумм|тариф|курс|номер|задач|билд|сборк|модел|протокол)\\p{L}{0,4} |(?:п|гл|стр|ст|ч|рис|табл|v|ver|no|fig)\\.? |(?<!\\p{L})(?!(?:by|on|until|till|before|due|from|to|for|deadline|than) )[a-z][a-z\\d+#]{0,20} )";
/** Words before which it is an amount. */
const COUNTED =
  "(?! ?(?:%|процент|кг|килограмм|гр?\\.|грамм|тонн|км|километр|метр|м(?!\\p{L})|литр|руб|₽|€|\\$|евро|доллар|час|мин|сек|дн(?:я|ей)|недел|месяц|год|лет|миллион|млн|миллиард|млрд|тысяч|тыс|балл|раз|градус|версии|гб|мб|percent|kilo|kg|gb|mb|hours?|minutes?|days?|weeks?|months?|years?|euros?|dollars?|million|points?|times))";
const LIMIT = "(?:к|ко|до|на|по|не позже|не позднее|срок|дедлайн|by|on|until|till|before|due|than|deadline)[ :]{1,2}";
const DATE = "(\\d{1,2})\\.(\\d{1,2})";
const START = "(?<![\\p{L}\\d.,])";
const END = "(?![\\p{L}\\d]|[.,]\\d)";

const dated = (
  today: Day,
  date: string | undefined,
  month: string | undefined,
  year: string | undefined,
): Day | null => {
  const full = year === undefined ? null : Number(year) + (year.length === 2 ? 2_000 : 0);
  return calendarDay(today, Number(date), Number(month), full);
};

/**
 * Dates in figures, the day first as people write them with dots. With a year, or behind a word for a limit, they are
 * plain; alone only if both figures have two digits, for most numbers with a dot are none.
 */
export const DOTTED: readonly Reading[] = [
  [
    new RegExp(`${START}(?:${LIMIT})?${DATE}\\.(20\\d\\d|\\d\\d)${END}`, "u"),
    (today, [, date, month, year]) => dated(today, date, month, year),
  ],
  [
    new RegExp(`${START}${LIMIT}(\\d{1,2})\\.(0\\d|1[0-2])${END}${COUNTED}`, "u"),
    (today, [, date, month]) => dated(today, date, month, undefined),
  ],
  [
    new RegExp(`${START}(?:не позже|не позднее|срок|дедлайн|deadline)[ :]{1,2}${DATE}${END}${COUNTED}`, "u"),
    (today, [, date, month]) => dated(today, date, month, undefined),
  ],
  [
    new RegExp(`${START}${NUMBERED}(\\d\\d)\\.(0\\d|1[0-2])${END}${COUNTED}`, "u"),
    (today, [, date, month]) => dated(today, date, month, undefined),
  ],
];
