const ENGLISH_DAY =
  "(?:(?:by|on|until|till|before|not later than|no later than) (?:(?:next|this|the coming) )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow)|tomorrow|today)";
const RUSSIAN_DAY =
  "(?:(?:к|ко|до|в|во|не позже|не позднее) (?:(?:следующ|ближайш|эт)\\p{L}+ )?(?:понедельник(?:у|а)?|вторник(?:у|а)?|сред[уеы]|четверг(?:у|а)?|пятниц[уеы]|суббот[уеы]|воскресень[еюя]|завтра)|(?:сегодня|завтра)(?: же)?)";
const DAY = `(?:${ENGLISH_DAY}|${RUSSIAN_DAY})`;
const ANY = new RegExp(`(?<!\\p{L})${DAY}(?!\\p{L})`, "giu");

/**
 * A task's words without the day at their beginning or end, for where its date stands beside them: it is said once, and
 * a date that was changed since is not contradicted. What is within the sentence stays, or it would be none; where
 * several days are named, nobody knows which one the date is.
 */
export function withoutDay(title: string): string {
  const [day, another] = title.matchAll(ANY);
  if (!day || another) return title;
  const [before, after] = [title.slice(0, day.index).trim(), title.slice(day.index + day[0].length).trim()];
  const rest =
    after === "" && isSentence(before)
      ? before.replace(/,$/, "")
      : before === "" && isSentence(after)
        ? after.replace(/^[,:]\s+/, "")
        : title;
  return rest.charAt(0).toLocaleUpperCase() + rest.slice(1);
}

/** Words that still say something without their day. */
function isSentence(words: string): boolean {
  return /\S\s+\S/u.test(words);
}

/** The words of a task where its date, if it has one, stands beside them. */
export function titleBesideDate({ title, due }: { readonly title: string; readonly due: string | null }): string {
  return due === null ? title : withoutDay(title);
}
