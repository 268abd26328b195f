import type { RingOfPart, RingSentence } from "../../protocol/assembly-record.ts";
import { contentStems, overlap } from "../text/words.ts";

/** Least share of the stems of the shorter text from which on two say the same. */
const ALIKE = 0.7;
/** Fewest stems that say enough to be compared; shorter texts have to be the same. */
const FEWEST = 3;
/** Most that the longer of two may have beyond the shorter: a long sentence holds many a short one. */
const MOST_LONGER = 2;

type From<T> = { readonly item: T; readonly place: RingOfPart };

/**
 * Joins what several rings said apart from each other: the first stays as it was said, with the words of all that it
 * rests on. What one ring said twice stays twice, as it stands in its record.
 */
export function joinAlike<T extends RingSentence>(all: readonly From<T>[]): (T & { rings: RingOfPart[] })[] {
  const joined: { item: T; stems: ReadonlySet<string>; from: RingSentence["from"]; rings: RingOfPart[] }[] = [];
  for (const { item, place } of all) {
    const stems = new Set(contentStems(item.text));
    const same = joined.find(
      (each) =>
        !each.rings.some((one) => isSame(one, place)) && sayTheSame(each.item.text, each.stems, item.text, stems),
    );
    if (same) {
      same.rings.push(place);
      same.from.push(...item.from);
    } else joined.push({ item, stems, from: [...item.from], rings: [place] });
  }
  return joined.map(({ item, from, rings }) => ({ ...item, from, rings }));
}

function isSame(one: RingOfPart, other: RingOfPart): boolean {
  return one.part === other.part && one.ring === other.ring;
}

/** Tells whether two texts of different people say the same, by the words that carry meaning. */
export function sayTheSame(
  one: string,
  ofOne: ReadonlySet<string>,
  other: string,
  ofOther: ReadonlySet<string>,
): boolean {
  const [short, long] = [Math.min(ofOne.size, ofOther.size), Math.max(ofOne.size, ofOther.size)];
  if (short < FEWEST) return one.toLocaleLowerCase() === other.toLocaleLowerCase();
  return long <= short * MOST_LONGER && overlap(ofOne, ofOther) >= ALIKE;
}
