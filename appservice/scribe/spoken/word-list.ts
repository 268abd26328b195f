import { comparable, type Token } from "./tokens.ts";

/** Words and phrases of a lexicon: "спасибо за внимание", and "*ть" for all words that end so. */
export class WordList {
  readonly #phrases = new Map<string, string[][]>();
  readonly #endings: string[];
  readonly #beginnings: string[];

  constructor(entries: readonly string[]) {
    this.#endings = entries.filter((entry) => entry.startsWith("*")).map((entry) => comparable(entry.slice(1)));
    this.#beginnings = entries.filter((entry) => entry.endsWith("*")).map((entry) => comparable(entry.slice(0, -1)));
    for (const entry of entries.filter((each) => !each.includes("*"))) {
      const words = entry.split(/[\s-]+/).map(comparable);
      const first = words[0] ?? "";
      this.#phrases.set(first, [...(this.#phrases.get(first) ?? []), words]);
    }
  }

  /** First words of the entries, without those of which only a part is given. */
  get firstWords(): Iterable<string> {
    return this.#phrases.keys();
  }

  get empty(): boolean {
    return this.#phrases.size + this.#endings.length + this.#beginnings.length === 0;
  }

  has(word: string): boolean {
    const alone = this.#phrases.get(word)?.some((words) => words.length === 1) ?? false;
    return (
      alone ||
      this.#endings.some((ending) => word.endsWith(ending)) ||
      this.#beginnings.some((beginning) => word.startsWith(beginning))
    );
  }

  /** Tells whether an entry may begin with any of these words. */
  mayBeIn(tokens: readonly Token[]): boolean {
    return tokens.some(({ word }) => this.#phrases.has(word) || this.has(word));
  }

  /** Number of words from `i` on that are an entry; the longest counts. */
  lengthAt(tokens: readonly Token[], i: number): number {
    const word = tokens[i]?.word;
    if (word === undefined) return 0;
    const fits = (this.#phrases.get(word) ?? []).filter((words) =>
      words.every((each, k) => tokens[i + k]?.word === each),
    );
    return Math.max(this.has(word) ? 1 : 0, ...fits.map((words) => words.length));
  }

  /** Number of words just before `i` that are an entry. */
  lengthBefore(tokens: readonly Token[], i: number, most: number): number {
    for (let length = Math.min(most, 6); length > 0; length--) {
      if (this.lengthAt(tokens, i - length) === length) return length;
    }
    return 0;
  }

  /** Tells whether an entry stands anywhere in a stretch of words. */
  within(tokens: readonly Token[], from: number, to: number): boolean {
    for (let i = Math.max(0, from); i < to; i++) {
      const length = this.lengthAt(tokens, i);
      if (length > 0 && i + length <= to) return true;
    }
    return false;
  }
}
