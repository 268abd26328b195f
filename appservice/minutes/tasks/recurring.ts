const WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
const OF_DAYS =
  "(?:понедельникам|вторникам|средам|четвергам|пятницам|субботам|воскресеньям|утрам|вечерам|будням|выходным)";

/** Words for things that come again and again, which are due on no day. */
const RECURRING: readonly RegExp[] = [
  new RegExp(
    `\\b(?:every|each|on alternate|alternate)(?: (?:other|single|second|third|fourth|last|first|\\d+(?:st|nd|rd|th)?|two|three|four|couple of|few))*(?: (?:${WEEKDAY}|weekdays?|days?|weeks?|months?|quarters?|years?|mornings?|evenings?|fortnight)\\b)+(?:(?: and|,) ${WEEKDAY}\\b)*(?: of (?:the|each|every) month\\b)?`,
    "g",
  ),
  new RegExp(
    `\\b(?:once|twice|(?:\\w+) times) (?:a|per|every) (?:day|week|month|fortnight|quarter|year)\\b(?:,? (?:on|at) ${WEEKDAY}s?\\b)?`,
    "g",
  ),
  new RegExp(`\\b(?:daily|weekly|biweekly|bi-weekly|fortnightly|monthly)\\b(?:,? (?:on|by) ${WEEKDAY}s?\\b)?`, "g"),
  new RegExp(`\\b(?:on )?${WEEKDAY}s\\b(?! (?:from now|ago))`, "g"),
  /(?<!\p{L})кажд(?:ый|ая|ое|ую|ые|ого|ой|ому|ых)(?: (?:втор|трет|четверт|перв|последн)\p{L}{1,4})?(?: (?:два|две|три|четыре|пять|\d+))?(?: (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье|день|дня|дней|неделю|недели|недель|месяц|месяца|месяцев|квартал|год|утро|вечер))?(?!\p{L})(?: и (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)(?!\p{L}))*(?: месяца(?!\p{L}))?/gu,
  /(?<!\p{L})(?:через кажд\p{L}{2,3} (?:\p{L}{2,6} )?(?:день|дня|дней|неделю|недели|недель))(?!\p{L})/gu,
  /(?<!\p{L})(?:\p{L}{2,8} )?раза? в (?:\p{L}{2,8} )?(?:день|дня|неделю|недели|месяц|месяца|квартал|год)(?!\p{L})/gu,
  /(?<!\p{L})(?:ежедневно|еженедельно|ежемесячно|ежеквартально)(?!\p{L})/gu,
  new RegExp(`(?<!\\p{L})по ${OF_DAYS}(?!\\p{L})(?: и (?:по )?${OF_DAYS}(?!\\p{L}))*`, "gu"),
  // "через пятницу" is every second one to some, and the one after next to others.
  /(?<!\p{L})через (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)(?!\p{L})/gu,
];

/** Puts dots in the place of such words, so that nothing else reads them, and all others keep their places. */
export function withoutRecurring(said: string): string {
  return RECURRING.reduce((text, pattern) => text.replace(pattern, (found) => "·".repeat(found.length)), said);
}
