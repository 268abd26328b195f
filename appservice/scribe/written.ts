import { type Engine, SAMPLE_RATE, type Speech, type Transcript } from "./engine.ts";
import { cleanTranscript } from "./transcript-text.ts";
import { repaired } from "./vocabulary.ts";

/**
 * Returns the text of a piece for the record: the engine's, without words that nobody said, and with the names that are
 * known.
 */
export function written(
  { text }: Transcript,
  { samples, vocabulary }: Pick<Speech, "samples" | "vocabulary">,
  engine: Pick<Engine, "takesVocabulary">,
): string {
  const clean = cleanTranscript(text, samples.length / SAMPLE_RATE);
  return engine.takesVocabulary ? clean : repaired(clean, vocabulary);
}
