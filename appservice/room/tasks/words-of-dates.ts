const ENGLISH = new RegExp(
  `^(?:by|on|until|till|before|due|at|latest|from|after|in|within|not|no|later|than|next|this|the|of|end|a|an|day|days|week|weeks|month|months|quarter|year|years|weekend|fortnight|couple|few|half|hundred|beginning|start|middle|mid|early|eoq|eoy|eom|noon|today|tonight|tomorrow|after|eod|eow|
  morning|noon|evening|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|\\w+(?:teenth|tieth)|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|twenty|thirty|
  (?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun|(?:twenty|thirty|forty|fifty)-\\w{3,7}|forty|fifty|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|
  \\d{1,4}(?:st|nd|rd|th)?|\\d{1,2}[./]\\d{1,2}(?:[./]\\d{2,4})?)$`.replace(/\s+/g, ""),
);
const RUSSIAN = new RegExp(
  `^(?:к|ко|до|в|во|на|через|не|позже|позднее|срок|этой|этого|эту|этот|текущ\\p{L}+|следующ\\p{L}+|будущ\\p{L}+|ближайш\\p{L}+|конц\\p{L}|недел\\p{L}*|месяц\\p{L}*|дн\\p{L}*|день|рабочего|начал\\p{L}|середин\\p{L}|квартал\\p{L}*|лет|чем|самое|после|накануне|включительно|завтрашн\\p{L}{2,3}|выходн\\p{L}{2,3}|пару|полгода|один|одну|сто|сорок|пятьдесят|
  сегодня|завтра|послезавтра|вечер\\p{L}*|утр\\p{L}*|полдн\\p{L}*|течени\\p{L}|числ\\p{L}+|год\\p{L}*|
  понедельник\\p{L}*|вторник\\p{L}*|сред[ауые]|четверг\\p{L}*|пятниц\\p{L}*|суббот\\p{L}*|воскресень\\p{L}*|
  январ\\p{L}+|феврал\\p{L}+|март\\p{L}*|апрел\\p{L}+|ма[йяюе]|июн\\p{L}+|июл\\p{L}+|август\\p{L}*|сентябр\\p{L}+|октябр\\p{L}+|ноябр\\p{L}+|декабр\\p{L}+|
  дв[ае]|три|четыре|пять|шесть|семь|восемь|девять|десять|перв\\p{L}+|втор\\p{L}+|трет\\p{L}+|четверт\\p{L}+|пят\\p{L}+|шест\\p{L}+|седьм\\p{L}+|восьм\\p{L}+|девят\\p{L}+|десят\\p{L}+|\\p{L}{2,7}надцат\\p{L}{1,4}|двадцат\\p{L}+|тридцат\\p{L}+|
  \\d{1,4}(?:-?(?:го|му|е|ое))?|\\d{1,2}\\.\\d{1,2}(?:\\.\\d{2,4})?)$`.replace(/\s+/g, ""),
  "u",
);

/**
 * Tells whether words can all belong to a date, in one language. The date itself, or whether it is one, is found
 * elsewhere.
 */
export function isOfDates(text: string): boolean {
  const words = text
    .toLowerCase()
    .replaceAll("ё", "е")
    .split(/[\s,]+/)
    .filter(Boolean);
  return words.length > 0 && [ENGLISH, RUSSIAN].some((language) => words.every((word) => language.test(word)));
}
