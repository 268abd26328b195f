import { withoutEnd } from "../protocol/without-end.ts";
import { goesOnAfterPause } from "./piece-borders.ts";

/** Beginning of a text that a recogniser wrote small; a small letter before a capital is a name's own ("iPhone"). */
const SMALL = /^(["«“„(]*)(\p{Ll})(?!\p{Lu})/u;
const STOPPED = /[.!?…]["»”')\]]*$/u;
/** Mark at which a sentence was cut off. */
const CUT = /[\s,;:—–-]/u;

/**
 * A sentence as it is written, with a capital and a stop, which recognisers leave out at pauses. Its words stay as they
 * were said.
 */
export function asWritten(sentence: string): string {
  const begun = withCapital(sentence.trim());
  if (begun === "" || STOPPED.test(begun)) return begun;
  const whole = withoutEnd(begun, CUT);
  return whole === begun ? `${begun}.` : `${whole}…`;
}

/**
 * Joins what was said between pauses; where a sentence ended at one, its stop and the capital after it are put back.
 */
export function joinedAtPauses(pieces: readonly string[]): string {
  const said = pieces.map((piece) => piece.trim());
  return said
    .map((piece, i) => {
      const [before, after] = [said[i - 1], said[i + 1]];
      const begins = before !== undefined && !goesOnAfterPause(before, piece);
      const ends = after !== undefined && !goesOnAfterPause(piece, after);
      const begun = begins ? withCapital(piece) : piece;
      return ends && !STOPPED.test(begun) && withoutEnd(begun, CUT) === begun ? `${begun}.` : begun;
    })
    .join(" ");
}

function withCapital(text: string): string {
  return text.replace(SMALL, (_, marks: string, letter: string) => marks + letter.toUpperCase());
}

/** Tells whether a sentence, as it is written, was said so. */
export function wasSaid(sentence: string, said: string): boolean {
  const words = (text: string) => text.toLowerCase();
  return words(said).includes(words(sentence.replace(/[.…]$/u, "")));
}
