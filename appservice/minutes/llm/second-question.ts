import type { RunInput } from "../plugin.ts";
import type { SaidLine } from "./meaning/names.ts";
import type { Llm } from "./llm.ts";
import { LlmError } from "./llm-error.ts";
import { SECOND_QUESTION } from "./prompts/second-question.ts";
import { inOneLine } from "./transcript.ts";

type Asking = Pick<RunInput, "people" | "signal" | "warn">;

type InDoubt = { readonly text: string; readonly from: readonly string[]; readonly doubtful: boolean };

/**
 * Leaning towards no from which on a sentence is dropped. A model that hardly prefers either has no opinion, and
 * nothing that was checked speaks against the sentence.
 */
const DENIED = -2;

const EXAMPLES = SECOND_QUESTION.examples.map(({ lines, sentence, isSo }) => ({
  user: SECOND_QUESTION.ask(lines, sentence),
  isSo,
}));

/**
 * Asks the model about each of its sentences that are in doubt, whether the lines say so, and leaves out those to which
 * it clearly says no. Without an answer they stay.
 */
export async function withoutDenied<T extends InDoubt>(
  input: Asking,
  llm: Llm,
  found: readonly T[],
  lineOf: (utterance: string) => SaidLine | undefined,
): Promise<T[]> {
  const denied = new Set<T>();
  for (const one of llm.secondQuestion ? found.filter(({ doubtful }) => doubtful) : []) {
    try {
      if (((await leaningOf(input, llm, one, lineOf)) ?? 0) < DENIED) denied.add(one);
    } catch (error) {
      input.signal.throwIfAborted();
      input.warn("the language model does not answer the second question; what is in doubt stays", {
        error: String(error),
      });
      if (!(error instanceof LlmError && error.failure === "refused")) break; // it will not answer the next one either
    }
  }
  if (denied.size > 0)
    input.warn("the language model, asked again, says that some of its sentences were not said; they are dropped", {
      dropped: denied.size,
    });
  return found.filter((one) => !denied.has(one));
}

function leaningOf(
  input: Asking,
  llm: Llm,
  { text, from }: InDoubt,
  lineOf: (utterance: string) => SaidLine | undefined,
): Promise<number | null> {
  const name = new Map(input.people.map((person) => [person.id, person.name]));
  const lines = from.flatMap((id) => {
    const said = lineOf(id);
    return said ? [`${inOneLine(name.get(said.speaker) ?? said.speaker)}: ${inOneLine(said.text)}`] : [];
  });
  return llm.yesOrNo(
    {
      system: SECOND_QUESTION.system,
      examples: EXAMPLES,
      user: SECOND_QUESTION.ask(lines.join("\n"), inOneLine(text)),
    },
    input.signal,
  );
}
