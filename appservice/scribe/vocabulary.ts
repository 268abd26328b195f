import { COMMON_NAMES } from "../language/names/common.ts";
import { declined } from "../language/names/declension.ts";
import { shortFormsOf } from "../language/names/diminutives.ts";
import { comparable, tokenise } from "./spoken/tokens.ts";
import { edits } from "./spoken/likeness.ts";

/** Letters of the shortest name that is repaired; shorter names are too like other words. */
const SHORTEST = 5;
/** Share of capital letters above which they say nothing. */
const MOST_CAPITALS = 0.4;

/** A form of a word worth knowing, as it is compared and as it is written. */
type Form = { readonly plain: string; readonly written: string };

/**
 * Puts names of the vocabulary right where an engine that takes no prompt misheard them: "Мандмайндеру" →
 * "Майндмайндеру". A word is replaced only if the engine itself took it for a name (a capital letter within a
 * sentence), it is no well-known name, and it sounds nearly like just one word of the vocabulary, in the case in which
 * that stands. Words written small in the vocabulary are left to engines that take a prompt: without a dictionary
 * nobody can tell them from ordinary words.
 */
export function repaired(text: string, vocabulary: readonly string[]): string {
  const forms = vocabulary.flatMap(formsOf);
  if (forms.length === 0) return text;
  const known = new Set([...forms.map(({ plain }) => plain), ...commonForms()]);
  const { tokens, gaps } = tokenise(text);
  const within = tokens.filter((_, at) => !gaps[at]?.end);
  if (within.filter(({ raw }) => isCapital(raw)).length > within.length * MOST_CAPITALS + 1) return text;
  let result = "";
  let from = 0;
  for (const [at, { word, raw, start, end }] of tokens.entries()) {
    if (gaps[at]?.end || !isCapital(raw) || known.has(word)) continue;
    const meant = nearest(word, forms);
    if (!meant) continue;
    result += text.slice(from, start) + meant;
    from = end;
  }
  return result + text.slice(from);
}

function formsOf(word: string): Form[] {
  return word.split(/\s+/).flatMap((part) => {
    const plain = comparable(part);
    if (!isCapital(part) || plain.length < SHORTEST || !/^[\p{L}'’]+$/u.test(part)) return [];
    return [...declined(plain).keys()].map((form) => ({ plain: form, written: inCaseOf(part, plain, form) }));
  });
}

/** Joins the word's own letters (ё, capitals within), as far as the form has them, and the form's ending. */
function inCaseOf(word: string, plain: string, form: string): string {
  let same = 0;
  while (same < form.length && form[same] === plain[same]) same++;
  return word.slice(0, same) + form.slice(same);
}

function nearest(word: string, forms: readonly Form[]): string | null {
  let best: { written: string; cost: number } | null = null;
  let tied = false;
  for (const { plain, written } of forms) {
    const most = tolerance(Math.min(plain.length, word.length));
    // The ending of a Russian word tells its part in the sentence: it is not guessed.
    if (most === 0 || plain.slice(-2) !== word.slice(-2) || Math.abs(plain.length - word.length) > 2) continue;
    const cost = edits(word, plain, most);
    if (cost > most) continue;
    if (best && cost === best.cost && written !== best.written) tied = true;
    if (!best || cost < best.cost) [best, tied] = [{ written, cost }, false];
  }
  return tied ? null : (best?.written ?? null);
}

/** Distance allowed, in letters; letters that sound alike count for less than half. */
function tolerance(length: number): number {
  if (length < SHORTEST) return 0;
  return length < 7 ? 0.8 : length < 10 ? 1.2 : 2;
}

function isCapital(word: string): boolean {
  return /^\p{Lu}\p{Ll}/u.test(word);
}

/** Names that mean somebody else, days and months: an engine knows them well. */
const OTHERS =
  `monday tuesday wednesday thursday friday saturday sunday january february march april august september october november december
english russian russia london moscow москва москве москвы москву россия россии россию`.split(/\s+/);

let common: Set<string> | undefined;
function commonForms(): ReadonlySet<string> {
  return (common ??= new Set([
    ...OTHERS,
    ...COMMON_NAMES.map(comparable)
      .flatMap((name) => [name, ...shortFormsOf(name)])
      .flatMap((name) => [...declined(name).keys()]),
  ]));
}
