import { normalise } from "../../language/normalise.ts";
import { STOPWORDS } from "./stopwords.ts";

export { normalise };

export type Script = "cyrillic" | "latin";

const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

/**
 * Lists words in lower case, with spellings on which writers vary made the same: ё and е, curly and straight
 * apostrophes.
 */
export function words(text: string): string[] {
  return (text.match(WORD) ?? []).map(normalise);
}

/** Lists stems of the words that carry meaning, in the order said, repetitions kept. */
export function contentStems(text: string): string[] {
  return words(text)
    .filter((word) => !STOPWORDS.has(word) && (word.length > 2 || /\d/.test(word)))
    .map(stem);
}

/** Share of the stems that two texts have in common, of the shorter one's. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [short, long] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const stem of short) if (long.has(stem)) shared++;
  return short.size === 0 ? 0 : shared / short.size;
}

export function scriptOf(text: string): Script | null {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (cyrillic + latin === 0) return null;
  return cyrillic > latin ? "cyrillic" : "latin";
}

/**
 * Reduces a word to its stem. Crude on purpose: it only has to bring forms of one word together often enough for
 * comparing sentences.
 */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= MOST_STEMS) stems.clear();
  const found = /\d/.test(word) ? word : /\p{Script=Cyrillic}/u.test(word) ? stemRussian(word) : stemEnglish(word);
  if (word.length <= LONGEST_KEPT) stems.set(word, found);
  return found;
}

/** Stems already found: the rules ask for those of the same sentences again and again. */
const stems = new Map<string, string>();
const MOST_STEMS = 20_000;
const LONGEST_KEPT = 40;

const RUSSIAN_ENDINGS = endings(
  `иями ями ами ыми ими ого его ому ему ими ях ах ов ев ей ой ый ий ая яя ое ее ые ие ию ия ии ую юю ом ем ам ям
   ировать овать ивать ывать ать ять еть ить уть ть ти чь ешь ишь ете ите йте аешь аем аете ает ают яешь яем яете яет яют ют ут ат ят ет ит им ую аю яю ею
   ала ала али ало ал яла яли яло ял ила или ило ил ела ели ело ел ла ли ло л вши в у ю а я о е ы и ь й`,
);
const ENGLISH_ENDINGS = endings("ations ation ingly edly ments ment ings ing ied ies ers ed er es ly s e y");

function stemRussian(word: string): string {
  return cut(word.replace(/(ся|сь)$/, ""), RUSSIAN_ENDINGS);
}

function stemEnglish(word: string): string {
  const bare = cut(word.replace(/'\w*$/, ""), ENGLISH_ENDINGS);
  return bare.replace(/([bdgklmnprt])\1$/, "$1"); // planning → plan
}

function cut(word: string, endings: readonly string[]): string {
  const ending = endings.find((each) => word.endsWith(each) && word.length - each.length >= 3);
  return ending ? word.slice(0, -ending.length) : word;
}

function endings(list: string): string[] {
  return [...new Set(list.split(/\s+/).filter(Boolean))].sort((a, b) => b.length - a.length);
}
