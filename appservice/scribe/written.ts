import { type Engine, SAMPLE_RATE, type Speech, type Transcript } from "./engine.ts";
import type { SaidPlace } from "../protocol/said-places.ts";
import { placesOf } from "./said-places.ts";
import { cleanTranscript } from "./transcript-text.ts";
import { repaired } from "./vocabulary.ts";

/** Text of a piece for the record, and the times of places in it. */
type Written = { readonly text: string; readonly places: SaidPlace[] };

/**
 * Returns the text of a piece for the record: the engine's, without words that nobody said, and with the names that are
 * known.
 */
export function written(
  { text: raw, words = [] }: Transcript,
  { samples, vocabulary }: Pick<Speech, "samples" | "vocabulary">,
  engine: Pick<Engine, "takesVocabulary">,
): Written {
  const clean = cleanTranscript(raw, samples.length / SAMPLE_RATE);
  const text = engine.takesVocabulary ? clean : repaired(clean, vocabulary);
  return { text, places: placesOf(words, text, samples.length / SAMPLE_RATE) };
}
