const LONGEST = 60;
/** No homeserver has names of such a length; what is longer is not looked through. */
const MOST_UNITS = 4_000;

/**
 * Letters and spaces that show nothing: a name of them would be none, and one that ends in them would look like
 * another.
 */
const BLANK = /[\s\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu;
const FLAG = /\u{1f3f4}[\u{e0020}-\u{e007e}]{1,12}\u{e007f}/gu;
const VISIBLE = /[^\p{M}\p{Cf}\p{Z}\p{Cc}]/u;
const [JOINER, NON_JOINER] = ["\u200d", "\u200c"];
const PICTURE = /\p{Extended_Pictographic}/u;
// biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them alone is meant
const OF_PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\u20e3]/u;
const VARIATION = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
/** Scripts in which nothing varies, and letters are not joined. */
const PLAIN_LETTER =
  /[\s\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}]/u;
const LETTER = /[\p{L}\p{M}]/u;
const UNJOINED =
  /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Common}\p{Script=Inherited}]/u;
// biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them alone is meant
const INVISIBLE = /[\p{Cc}\p{Cf}\u034f]/u;

/**
 * A name without controls and direction marks, which could turn the text around it, and no longer than a ring can show.
 * Joiners, variants and the letters of flags belong to it where they join, vary or mean something; elsewhere they would
 * only make two names look alike.
 */
export function readableName(name: string): string {
  const shown = withMeaning([...name.slice(0, MOST_UNITS).replace(BLANK, " ")])
    .join("")
    .trim();
  const short = [...shown].slice(0, LONGEST);
  const whole = (short.length < [...shown].length ? withMeaning(short) : short).join("").trim();
  return VISIBLE.test(whole) ? whole : "";
}

function withMeaning(letters: readonly string[]): string[] {
  const inFlag = placesInFlags(letters);
  const kept: string[] = [];
  for (const [at, letter] of letters.entries())
    if (inFlag.has(at) || means(letter, kept.at(-1) ?? " ", letters[at + 1] ?? " ")) kept.push(letter);
  return kept;
}

/** The flag of England is a black one with letters that show nothing (Unicode TS 51, "Emoji tag sequences"). */
function placesInFlags(letters: readonly string[]): ReadonlySet<number> {
  const places = new Set<number>();
  const all = letters.join("");
  for (const { 0: flag, index } of all.matchAll(FLAG)) {
    const from = [...all.slice(0, index)].length;
    for (let at = from; at < from + [...flag].length; at++) places.add(at);
  }
  return places;
}

function means(letter: string, before: string, after: string): boolean {
  if (VARIATION.test(letter)) return !PLAIN_LETTER.test(before) && !VARIATION.test(before);
  if (letter === JOINER && OF_PICTURE.test(before)) return PICTURE.test(after);
  if (letter === JOINER || letter === NON_JOINER) return isJoined(before) && (isJoined(after) || /\p{M}/u.test(before));
  return !INVISIBLE.test(letter);
}

function isJoined(letter: string): boolean {
  return LETTER.test(letter) && !UNJOINED.test(letter);
}
