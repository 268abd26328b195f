import { withoutCredits } from "./transcript/credits.ts";
import { withoutLoops } from "./transcript/loops.ts";
import { isNoteAlone, withoutNotes } from "./transcript/notes.ts";

/**
 * Cleans an engine's text of words that nobody said: notes about noise, loops it fell into, credits it learned from
 * subtitles.
 */
export function cleanTranscript(raw: string, seconds = Infinity): string {
  const words = withoutLoops(withoutNotes(raw.normalize("NFC")).split(/\s+/).filter(Boolean).map(withoutLetterLoops));
  const text = withoutCredits(words.join(" "));
  if (!/[\p{L}\p{N}]/u.test(text) || isNoteAlone(text)) return "";
  return text.slice(0, longest(seconds));
}

/** Limit of letters a second, which nobody exceeds; an engine that runs on without end does. */
const MOST_LETTERS_A_SECOND = 60;

function longest(seconds: number): number {
  return Math.max(100, Math.ceil(seconds * MOST_LETTERS_A_SECOND));
}

/** Shortens longer rows of one letter than anybody writes: "ссссссс". */
function withoutLetterLoops(word: string): string {
  return word.replace(/(\p{L})\1{5,}/gu, "$1");
}
