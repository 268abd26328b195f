import type { SaidPlace } from "./said-places.ts";

type Timed = {
  readonly text: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly places?: readonly SaidPlace[] | undefined;
};

/** Instant at which the letter of this place was said; between two known ones it is reckoned by letters. */
export function instantAt({ text, startedAt, endedAt, places = [] }: Timed, letter: number): number {
  const known = [{ letter: 0, ms: 0 }, ...places, { letter: Math.max(1, text.length), ms: endedAt - startedAt }];
  const next = known.findIndex((place) => place.letter > letter);
  const [before, after] = [known[(next < 0 ? known.length : next) - 1], known[next < 0 ? known.length - 1 : next]];
  if (!before || !after || after.letter <= before.letter) return endedAt;
  const share = (letter - before.letter) / (after.letter - before.letter);
  return Math.min(endedAt, Math.round(startedAt + before.ms + share * (after.ms - before.ms)));
}

/**
 * The same places in a text of which some became other words: before them and after them they are exact, among them
 * reckoned by letters.
 */
export function placesIn(after: string, before: string, places: readonly SaidPlace[]): SaidPlace[] {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same++;
  let end = 0;
  while (end < shorter - same && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const [from, to] = [before.length - same - end, after.length - same - end];
  const inAfter = (letter: number) => {
    if (letter <= same) return letter;
    if (letter >= before.length - end) return letter + after.length - before.length;
    return same + Math.round(((letter - same) / from) * to);
  };
  const moved = places.map(({ letter, ms }) => ({ letter: inAfter(letter), ms }));
  // Words cut off at the beginning leave several places at the first letter, of which the last is right.
  return moved.filter(({ letter }, at) => letter !== moved[letter === 0 ? at + 1 : at - 1]?.letter);
}
