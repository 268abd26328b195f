import type { RunInput } from "../plugin.ts";
import { askForList, type ListForm } from "./ask-for-list.ts";
import type { Llm } from "./llm.ts";
import { LlmError } from "./llm-error.ts";
import { promptsIn } from "./prompts/prompts.ts";
import { chunked, linesOf, shown, tokensOf, type TranscriptLine } from "./transcript.ts";

/** Share of the window that is used: the guess of tokens may be wrong. */
const MARGIN = 0.9;

/** An element of an answer, with the lines that the model was shown. */
export type InPart<T> = { readonly claim: T; readonly part: readonly TranscriptLine[] };

/**
 * Asks for the same list about each part of the transcript that fits the model's window. A part that fails costs
 * nothing of those before it.
 */
export async function askInParts<T>(
  input: RunInput,
  llm: Llm,
  { system, form }: { system: string; form: ListForm<T> },
): Promise<InPart<T>[]> {
  const prompts = promptsIn(input.language);
  const answerTokens = Math.min(1500, Math.floor(llm.contextTokens * 0.25));
  const room =
    Math.floor(llm.contextTokens * MARGIN) - answerTokens - tokensOf(system) - tokensOf(prompts.transcript(""));
  if (room < 100) throw new LlmError("too-long", "the window of the model is too small for the task itself");
  const answers: InPart<T>[] = [];
  for (const part of chunked(linesOf(input.utterances, input.people), room)) {
    const question = { system, user: prompts.transcript(shown(part)), form, answerTokens };
    try {
      const claims = await askForList(llm, question, input.signal);
      answers.push(...claims.map((claim) => ({ claim, part })));
    } catch (error) {
      if (answers.length === 0 || input.signal.aborted) throw error;
      input.warn("a part of the transcript is not read by the language model", { error: String(error) });
    }
  }
  return answers;
}
