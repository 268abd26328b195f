import unhomoglyph from "unhomoglyph";
import { sleep } from "../time/time.ts";

/** Longest name of a guest, in letters: as long as a ring can show beside the mark. */
const LONGEST = 40;
/** Longer input is not looked through. */
const MOST_UNITS = 400;

/** Everything but letters, figures, and the signs that names are written with: no brackets, in which marks stand. */
const UNFIT = /[^\p{L}\p{M}\p{N} '’.-]+/gu;
/** More marks above and below a letter than any language writes. */
const HEAPED = /(\p{M}{2})\p{M}+/gu;

/** A name as somebody chose it, without what is none: signs, controls, heaps of marks. Null: nothing is left of it. */
export function chosenName(typed: string): string | null {
  const plain = typed
    .slice(0, MOST_UNITS)
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .replace(UNFIT, "")
    .replace(HEAPED, "$1");
  const name = [...plain.trim()].slice(0, LONGEST).join("").trim();
  return /\p{L}/u.test(name) ? name : null;
}

/** Letters and blanks that tell no two names apart, whatever stands for them: case, blanks, dots and dashes. */
const SEPARATING = /[\s'’`.\-_]+/gu;

/**
 * The form of a name by which those that look alike are the same (Unicode TS 39, "Confusable Detection", skeletons by
 * its list of confusable letters). Case counts for nothing.
 */
function skeleton(name: string): string {
  const bare = (text: string) => unhomoglyph(text.normalize("NFD")).replace(/\p{M}+/gu, "");
  return bare(bare(name).toLowerCase()).toLowerCase().replace(SEPARATING, "");
}

/** Names compared at a stretch: a room with thousands of people holds nobody up. */
const AT_A_STRETCH = 100;

/** Tells whether a name could be taken for one of others. */
export async function looksLikeAny(name: string, others: readonly string[]): Promise<boolean> {
  const wanted = new Set(skeletons(name));
  for (const [place, other] of others.entries()) {
    if (place % AT_A_STRETCH === AT_A_STRETCH - 1) await sleep(0);
    if (skeletons(other).some((form) => wanted.has(form))) return true;
  }
  return false;
}

/** Tells whether two names could be taken for each other. */
export function looksLike(one: string, other: string): boolean {
  return skeletons(one).some((form) => skeletons(other).includes(form));
}

/** Capital letters look like others than small ones do: a name is compared as it is written, and in small letters. */
function skeletons(name: string): string[] {
  return [skeleton(name), skeleton(name.toLowerCase())];
}
