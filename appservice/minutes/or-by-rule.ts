import type { Llm } from "./llm/llm.ts";
import { promptsIn } from "./llm/prompts/prompts.ts";
import type { Made, RunInput } from "./plugin.ts";

type MadeItems<T> = { readonly items: T[]; readonly by: Omit<Made, "result"> };

/** Returns the finds of the language model where there is one and it does its work; those of the rules otherwise. */
export async function orByRule<T>(
  input: RunInput,
  what: string,
  byRule: readonly T[],
  write: (llm: Llm) => Promise<T[]>,
): Promise<MadeItems<T>> {
  const { llm } = input;
  if (llm && input.utterances.length > 0) {
    try {
      return {
        items: await write(llm),
        by: { method: "llm", model: llm.model, prompt: `${what}/${promptsIn(input.language).version}` },
      };
    } catch (error) {
      input.signal.throwIfAborted();
      input.warn(`no ${what} by the language model; those found by rule are taken instead`, { error: String(error) });
    }
  }
  return { items: [...byRule], by: { method: "rules", model: null, prompt: null } };
}
