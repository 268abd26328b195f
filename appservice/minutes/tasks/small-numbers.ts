/**
 * Numbers of one word as people count days and months with them, in both languages and the cases in which they then
 * stand.
 */
const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  "a couple of": 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  один: 1,
  одну: 1,
  два: 2,
  две: 2,
  пару: 2,
  три: 3,
  четыре: 4,
  пять: 5,
  шесть: 6,
  семь: 7,
  восемь: 8,
  девять: 9,
  десять: 10,
  одиннадцать: 11,
  двенадцать: 12,
};
const WORDS = Object.keys(NUMBERS).toSorted((a, b) => b.length - a.length);
const IN_RUSSIAN = /\p{Script=Cyrillic}/u;

/** Pieces of regular expressions, each for a number in words or figures. */
export const ENGLISH_COUNT = alternatives(WORDS.filter((word) => !IN_RUSSIAN.test(word)));
export const RUSSIAN_COUNT = alternatives(WORDS.filter((word) => IN_RUSSIAN.test(word)));

function alternatives(words: readonly string[]): string {
  return `(?:${words.join("|")}|\\d{1,3})`;
}

/** Number that was matched; without one it is 1: «через неделю». */
export function countOf(word: string | undefined): number {
  return word === undefined ? 1 : (NUMBERS[word] ?? Number(word));
}
