import { MOST_PLACES, type SaidPlace } from "../protocol/said-places.ts";
import type { TimedWords } from "./engine.ts";

/** Letters by which the beginning of words is found again in a text that was cleaned meanwhile. */
const BEGINNING = 10;
/** Letters within which it is looked for, before and after where it should stand. */
const NEAR = 40;

/**
 * Finds where in a text of the record its words begin whose time the engine told. Capitals, signs and words that were
 * put right between do not matter; a beginning that is not found is passed over, and so is one that goes back in time.
 */
export function placesOf(words: readonly TimedWords[], text: string, seconds: number): SaidPlace[] {
  const whole = lettersOf(text);
  const places: SaidPlace[] = [];
  let [after, expected] = [0, 0];
  for (const { text: part, from } of words) {
    const letters = lettersOf(part).text;
    const at = letters === "" ? null : nearest(whole.text, letters.slice(0, BEGINNING), { after, expected });
    expected = (at ?? expected) + letters.length;
    const letter = at === null ? undefined : whole.places[at];
    const ms = Math.round(from * 1_000);
    if (at === null || letter === undefined || ms <= (places.at(-1)?.ms ?? -1) || from > seconds) continue;
    places.push({ letter, ms });
    after = at + 1;
  }
  return thinned(places);
}

type Place = { readonly after: number; readonly expected: number };

/** Finds the beginning that stands nearest to where it is expected; null: there is none near. */
function nearest(whole: string, beginning: string, { after, expected }: Place): number | null {
  let best: number | null = null;
  const first = Math.max(after, expected - NEAR);
  for (let at = whole.indexOf(beginning, first); at >= 0; at = whole.indexOf(beginning, at + 1)) {
    if (at > expected + NEAR) break;
    if (best === null || Math.abs(at - expected) < Math.abs(best - expected)) best = at;
  }
  return best;
}

/** Letters and digits of a text as one word in small letters, and where each stands. */
function lettersOf(text: string): { readonly text: string; readonly places: readonly number[] } {
  const found = [...text.matchAll(/[\p{L}\p{N}]/gu)].map(({ 0: sign, index }) => ({
    sign: sign.toLowerCase().slice(0, 1),
    index,
  }));
  return { text: found.map(({ sign }) => sign).join(""), places: found.map(({ index }) => index) };
}

/** Leaves out every second place until there are few enough. */
function thinned(places: readonly SaidPlace[]): SaidPlace[] {
  return places.length <= MOST_PLACES ? [...places] : thinned(places.filter((_, at) => at % 2 === 0));
}
