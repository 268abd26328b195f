import type { z } from "zod";
import type { RunInput } from "../plugin.ts";
import { LlmError, type Llm } from "./llm.ts";
import { promptsIn } from "./prompts/prompts.ts";
import { chunked, linesOf, shown, tokensOf, type TranscriptLine } from "./transcript.ts";

/** Share of the window that is used: the guess of tokens may be wrong. */
const MARGIN = 0.9;

/**
 * Asks the same about each part of the transcript that fits the model's window; returns each answer with the lines it
 * is about.
 */
export async function askInParts<T>(
  input: RunInput,
  llm: Llm,
  { name, system, schema }: { name: string; system: string; schema: z.ZodType<T> },
): Promise<{ answer: T; part: readonly TranscriptLine[] }[]> {
  const prompts = promptsIn(input.language);
  const answerTokens = Math.min(1500, Math.floor(llm.contextTokens * 0.25));
  const room =
    Math.floor(llm.contextTokens * MARGIN) - answerTokens - tokensOf(system) - tokensOf(prompts.transcript(""));
  if (room < 100) throw new LlmError("too-long", "the window of the model is too small for the task itself");
  const answers: { answer: T; part: readonly TranscriptLine[] }[] = [];
  for (const part of chunked(linesOf(input.utterances, input.people), room)) {
    answers.push({
      part,
      answer: await llm.ask(
        { name, system, user: prompts.transcript(shown(part)), schema, answerTokens },
        input.signal,
      ),
    });
  }
  return answers;
}
