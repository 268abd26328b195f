import { distance, type Run, runOf } from "./likeness.ts";
import { comparable, type Token } from "./tokens.ts";
import type { WordList } from "./word-list.ts";

/** Names by which the facilitator is addressed, as they may be misheard: "mind minder", "mine minder". */
export class Address {
  readonly #names: readonly Run[];
  readonly #longest: number;
  readonly #spokenOf: WordList;
  /** Words of a text that were looked at, by where they begin and how many they are: each is asked about many times. */
  readonly #looked = new WeakMap<readonly Token[], Map<number, boolean>>();

  /** Words of `spokenOf` right after a name speak of the facilitator: "the facilitator can give one more minute". */
  constructor(names: readonly string[], spokenOf: WordList) {
    this.#spokenOf = spokenOf;
    this.#names = names.map((name) => runOf(name.split(/[\s-]+/).map(comparable)));
    this.#longest = Math.max(0, ...this.#names.map(({ words }) => words.length)) + 1;
  }

  /** Number of words from `i` on that address the facilitator; 0 where they do not. */
  lengthAt(tokens: readonly Token[], i: number): number {
    if (this.#names.length === 0) return 0;
    for (let length = this.#longest; length > 0; length--) if (this.#is(tokens, i, length)) return length;
    return 0;
  }

  /** Number of words just before `i` that do. */
  lengthBefore(tokens: readonly Token[], i: number): number {
    for (let length = Math.min(this.#longest, i); length > 0; length--)
      if (this.#is(tokens, i - length, length)) return length;
    return 0;
  }

  #is(tokens: readonly Token[], i: number, length: number): boolean {
    if (i + length > tokens.length) return false;
    let looked = this.#looked.get(tokens);
    if (!looked) this.#looked.set(tokens, (looked = new Map()));
    const place = i * (this.#longest + 1) + length;
    let found = looked.get(place);
    if (found === undefined) looked.set(place, (found = this.#sounds(tokens, i, length)));
    return found;
  }

  #sounds(tokens: readonly Token[], i: number, length: number): boolean {
    const heard = runOf(tokens.slice(i, i + length).map(({ word }) => word));
    const [last, next] = [tokens[i + length - 1], tokens[i + length]];
    const apart = (next?.start ?? 0) - (last?.end ?? 0) > 1;
    if (!apart && this.#spokenOf.lengthAt(tokens, i + length) > 0) return false;
    return this.#names.some((name) => Math.abs(name.words.length - length) <= 1 && distance(heard, name) !== null);
  }
}
