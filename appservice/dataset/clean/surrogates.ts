import { COMMON_NAMES } from "../../language/names/common.ts";
import { type Case, declined } from "../../language/names/declension.ts";
import { normalise } from "../../language/normalise.ts";
import type { Pseudonyms } from "../pseudonyms.ts";

const RUSSIAN = COMMON_NAMES.filter(isRussian);
const ENGLISH = COMMON_NAMES.filter((name) => !isRussian(name));
const [OF_WOMEN, OF_MEN] = [RUSSIAN.filter(endsAsOfWomen), RUSSIAN.filter((name) => !endsAsOfWomen(name))];

type Named = {
  /** Whoever, or whatever, bears the name. */
  readonly id: string;
  /** The name as it stands in the text, and the cases in which it may stand there. */
  readonly word: string;
  readonly cases: readonly Case[];
  /** The name itself; null where it is not known. */
  readonly own: string | null;
  /** Tells whether a name is one of theirs. */
  readonly isTheirs: (name: string) => boolean;
};

/**
 * A name in place of another: in the letters of the text, and in Russian of the same ending and in the same case, so
 * that it fits into the sentence. The same one always stands for the same; two may share one.
 */
export function surrogateOf({ id, word, cases, own, isTheirs }: Named, pseudonyms: Pseudonyms): string {
  const russian = isRussian(word);
  const names = russian ? (endsAsOfWomen(own ?? nominative(word)) ? OF_WOMEN : OF_MEN) : ENGLISH;
  const first = pseudonyms.number(`${russian ? "ru" : "en"} ${id}`, names.length);
  const name = [...names.slice(first), ...names].find((each) => !isTheirs(each)) ?? names[first] ?? word;
  return russian ? inCase(name, cases[0] ?? "nominative") : name;
}

function isRussian(word: string): boolean {
  return /^\p{Script=Cyrillic}/u.test(word);
}

function endsAsOfWomen(name: string): boolean {
  return /[ая]$/i.test(name);
}

/** The name of which a word is a form; the word itself where none is known. */
function nominative(word: string): string {
  return RUSSIAN.find((name) => declined(normalise(name)).has(normalise(word))) ?? word;
}

function inCase(name: string, wanted: Case): string {
  for (const [form, cases] of declined(normalise(name)))
    if (cases.includes(wanted)) return form.charAt(0).toUpperCase() + form.slice(1);
  return name;
}
