import { FULL_NAMES } from "./diminutives.ts";

const ENGLISH =
  `Adam Alan Alex Alice Amy Andrew Ann Anna Anne Ben Bill Bob Boris Brian Carl Carol Charles Chris Claire Daniel David Diana Emily
Emma Eric Eva Frank George Hannah Helen Henry Ivan Jack James Jane Jason Jennifer Jim John Joseph Julia Karen Kate Kevin Kim Laura Linda Lisa
Lucy Maria Martin Mary Max Michael Mike Nancy Nick Nina Olga Oliver Paul Peter Rachel Robert Sam Sandra Sarah Simon Sophie Steve Sue Susan Tom Vera
Victor William`.split(/\s+/);

/** First names that are often met in both languages: for trying sentences where nobody says who sits in the ring. */
export const COMMON_NAMES: readonly string[] = [...FULL_NAMES.map(capitalised), ...ENGLISH];

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
