import { type Form, type NameForms, nameForms } from "../../language/names/names.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { Compiled } from "./compiled.ts";
import { edits } from "./likeness.ts";
import type { SlotCase } from "./phrase.ts";
import { comparable, type SaidWords } from "./tokens.ts";

export type PersonHeard = { readonly id: ParticipantId; readonly name: string };

type FormAlike = { readonly form: string; readonly forms: readonly Form[]; readonly cost: number };

const RELATIVE = new Set(["кто", "у", "чей", "чья", "чье", "кого", "кому", "же"]);

type NameHeard = { readonly words: number; readonly person: ParticipantId | null; readonly cost: number };

/** Names of the ring as they may be heard: in any case, in either alphabet, a little misheard. */
export class NamesHeard {
  readonly #said: SaidWords;
  readonly #forms: NameForms;
  /** Names by case and word: hundreds of phrases ask about the same word. */
  readonly #heard = new Map<SlotCase | null, Map<number, NameHeard | null>>();

  /** Forms that sound like a word, whatever their case. */
  readonly #compared = new Map<string, readonly FormAlike[]>();
  readonly #isWord: (word: string) => boolean;

  /** `isWord` tells the words of the language's own phrases: they are no names misheard. */
  constructor(said: SaidWords, people: readonly PersonHeard[], isWord: (word: string) => boolean = () => false) {
    this.#said = said;
    this.#isWord = isWord;
    this.#forms = nameForms(people);
  }

  /** Finds the name at word `i`, if it is one; a surname after it belongs to it. */
  at(i: number, limit: number, wanted: SlotCase | null): NameHeard[] {
    const token = this.#said.tokens[i];
    if (!token || i >= limit || this.#isPronoun(i)) return [];
    let inCase = this.#heard.get(wanted);
    if (!inCase) this.#heard.set(wanted, (inCase = new Map()));
    let heard = inCase.get(i);
    if (heard === undefined)
      inCase.set(i, (heard = this.#isOtherWord(i) ? null : this.#hear(token.raw.replace(/['’]s$/, ""), wanted)));
    if (!heard) return [];
    return this.#isSurname(i + 1, limit) ? [{ ...heard, words: 2 }, heard] : [heard];
  }

  /**
   * Lists how many words may be the name of a stranger, which stands where a name should: of somebody outside the ring,
   * or misheard.
   */
  strangerAt(i: number, limit: number, { binds, goesOn, thanks, spoils, notNames }: Compiled): number[] {
    const token = this.#said.tokens[i];
    if (!token || i >= limit || token.word.length < 3 || this.#forms.of(token.raw).length > 0) return [];
    if ([binds, goesOn, thanks, spoils, notNames].some((list) => list.has(token.word))) return [];
    return this.#isSurname(i + 1, limit) ? [2, 1] : [1];
  }

  #hear(raw: string, wanted: SlotCase | null): NameHeard | null {
    const known = this.#forms.of(raw);
    const exact = known.filter((form) => fits(form, raw, wanted));
    // A name that stands in another case is no mishearing of this one.
    const found =
      exact.length > 0
        ? { forms: exact, cost: 0 }
        : known.length > 0 || this.#isWord(comparable(raw))
          ? null
          : this.#nearly(comparable(raw), wanted);
    if (!found) return null;
    const persons = new Set(found.forms.map(({ person }) => person));
    return { words: 1, person: persons.size === 1 ? (found.forms[0]?.person ?? null) : null, cost: found.cost };
  }

  /**
   * Tells a word of the language, small or at the beginning of a sentence, that only sounds like a name: "very" and
   * "Веры".
   */
  #isOtherWord(i: number): boolean {
    const { tokens, gaps, text } = this.#said;
    const { raw = "", word = "" } = tokens[i] ?? {};
    const capital = /^\p{Lu}/u.test(raw) && (!gaps[i]?.end || gaps[i + 1]?.pause);
    return !capital && /\p{Lu}/u.test(text) && this.#isWord(word) && !this.#forms.all.has(word);
  }

  /** Tells "тому, кто готов" from the name that it sounds like. */
  #isPronoun(i: number): boolean {
    const [word, next] = [this.#said.tokens[i]?.word, this.#said.tokens[i + 1]?.word];
    return word === "тому" && next !== undefined && RELATIVE.has(next);
  }

  #isSurname(i: number, limit: number): boolean {
    const { tokens, gaps } = this.#said;
    return i < limit && !gaps[i]?.pause && /^\p{Lu}\p{Ll}/u.test(tokens[i]?.raw ?? "");
  }

  #nearly(word: string, wanted: SlotCase | null): { forms: readonly Form[]; cost: number } | null {
    let best: { forms: readonly Form[]; cost: number } | null = null;
    for (const { form, forms, cost } of this.#alike(word)) {
      if (cost >= (best?.cost ?? Infinity)) continue;
      const fitting = forms.filter((each) => fits(each, form, wanted));
      if (fitting.length > 0) best = { forms: fitting, cost };
    }
    return best;
  }

  #alike(word: string): readonly FormAlike[] {
    const known = this.#compared.get(word);
    if (known) return known;
    const found: FormAlike[] = [];
    for (const [form, forms] of this.#forms.all) {
      const most = tolerance(form.length);
      if (most === 0 || Math.abs(form.length - word.length) > 2) continue;
      const cost = edits(word, form, most);
      if (cost <= most) found.push({ form, forms, cost });
    }
    this.#compared.set(word, found);
    return found;
  }
}

function fits({ cases }: Form, word: string, wanted: SlotCase | null): boolean {
  if (wanted === null || cases.includes(wanted)) return true;
  if (wanted === "genitive" && cases.includes("accusative")) return true;
  // Unstressed, "мише" and "миши" sound the same.
  if (wanted === "dative" && cases.includes("genitive") && /и$/i.test(word)) return true;
  // Names that are not declined stand for every case: those in Latin letters, and those like Отто.
  return /[a-zоеиуюэы]$/i.test(word) && cases.length === 1 && cases[0] === "nominative";
}

function tolerance(length: number): number {
  if (length < 4) return 0;
  if (length < 6) return 0.8;
  return length < 8 ? 1 : 1.5;
}
