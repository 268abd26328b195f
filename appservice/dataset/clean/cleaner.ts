import { COMMON_NAMES } from "../../language/names/common.ts";
import { type NameAt, nameFinder, nameForms } from "../../language/names/names.ts";
import { normalise } from "../../language/normalise.ts";
import { ParticipantId } from "../../protocol/identity.ts";
import type { Pseudonyms } from "../pseudonyms.ts";
import { patternsIn, type Replacement } from "./patterns.ts";
import { surrogateOf } from "./surrogates.ts";

/** Names that are known of a room: of its people, however they were called, and of its vocabulary. */
export type KnownNames = {
  readonly people: readonly { readonly id: ParticipantId; readonly name: string }[];
  readonly vocabulary: readonly string[];
};

export type Cleaned = { readonly text: string; readonly replaced: number };

/** Finds further names and numbers in a text, such as a service that was configured; see `presidio.ts`. */
export type FindMore = (text: string, language: string | null) => Promise<readonly Replacement[]>;

export type Clean = (text: string, language: string | null) => Promise<Cleaned>;

/** Names that nobody of the room need bear: they are taken out all the same. Small, so that ordinary words stay. */
const anybody = nameFinder(COMMON_NAMES.map((name) => ({ id: idOf(`name ${normalise(name)}`), name })));

/** Makes a function that puts stable pseudonyms in the place of names and numbers. */
export function cleanerFor({ people, vocabulary }: KnownNames, pseudonyms: Pseudonyms, more?: FindMore): Clean {
  const words = vocabulary
    .filter((word) => /^\p{Lu}/u.test(word))
    .map((word) => ({ id: idOf(`word ${normalise(word)}`), name: word }));
  const all = [...people, ...words];
  const [known, forms] = [nameFinder(all), nameForms(all)];
  const surrogate = (word: string, { person, cases }: NameAt) => {
    const id = person ?? `word ${normalise(word)}`;
    const own = all.find((each) => each.id === id)?.name.split(/\s+/)[0] ?? null;
    const isTheirs = (name: string) =>
      normalise(name) === normalise(word) || forms.of(name).some((form) => form.person === id);
    return surrogateOf({ id, word, cases, own, isTheirs }, pseudonyms);
  };
  return async (text, language) => {
    const found = patternsIn(text, pseudonyms);
    const isCased = /\p{Lu}/u.test(text);
    for (const names of isCased ? [known(text), anybody(text)] : [known(text)]) {
      for (const named of names) {
        const { start, end } = named;
        if (overlaps(found, start, end)) continue;
        const by = surrogate(text.slice(start, end), named);
        found.push({ start, end, by: isCased ? by : by.toLowerCase() });
      }
    }
    for (const each of (await more?.(text, language)) ?? []) {
      if (!overlaps(found, each.start, each.end)) found.push(each);
    }
    return { text: written(text, found), replaced: found.length };
  };
}

function overlaps(found: readonly Replacement[], start: number, end: number): boolean {
  return found.some((other) => start < other.end && other.start < end);
}

function written(text: string, found: readonly Replacement[]): string {
  let [result, from] = ["", 0];
  for (const { start, end, by } of found.toSorted((one, other) => one.start - other.start)) {
    result += text.slice(from, start) + by;
    from = end;
  }
  return result + text.slice(from);
}

function idOf(name: string): ParticipantId {
  return ParticipantId.parse(`name:${encodeURIComponent(name).slice(0, 240)}`);
}
