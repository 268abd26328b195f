import type { GroundedSentence } from "../protocol/meeting-record.ts";
import { linesFor, writeSummary } from "./llm/write-summary.ts";
import { promptsIn } from "./llm/prompts/prompts.ts";
import type { Made, RunInput } from "./plugin.ts";

/** Written by the language model where there is one and it does its work; chosen from what was said otherwise. */
export async function summary(input: RunInput, sentences: number, highlights: () => GroundedSentence[]): Promise<Made> {
  const { llm } = input;
  if (llm && input.utterances.length > 0) {
    try {
      const written = await writeSummary(input, llm, sentences, linesFor(input, llm));
      const prompt = `${input.about.kind}-summary/${promptsIn(input.language).version}`;
      return { result: { form: "summary", sentences: written }, method: "llm", model: llm.model, prompt };
    } catch (error) {
      input.signal.throwIfAborted();
      input.warn("no summary by the language model; highlights are taken instead", { error: String(error) });
    }
  }
  return { result: { form: "summary", sentences: highlights() }, method: "highlights", model: null, prompt: null };
}
