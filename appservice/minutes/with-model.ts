import { LlmError } from "./llm/llm-error.ts";
import type { Llm } from "./llm/llm.ts";
import { promptsIn } from "./llm/prompts/prompts.ts";
import type { Made, RunInput } from "./plugin.ts";

type MadeItems<T> = { readonly items: T[]; readonly by: Omit<Made, "result"> };

type Joining<T> = {
  /** Asks the model. */
  readonly find: (llm: Llm) => Promise<T[]>;
  /** Puts what it finds beside what the rules find, of which nothing goes away. */
  readonly join: (byRule: readonly T[], found: readonly T[]) => T[];
};

/** Returns the finds of the rules and, where there is a language model and it does its work, what it adds to them. */
export async function withModel<T>(
  input: RunInput,
  what: string,
  byRule: readonly T[],
  { find, join }: Joining<T>,
): Promise<MadeItems<T>> {
  const { llm } = input;
  if (!llm || input.utterances.length === 0) return { items: [...byRule], by: BY_RULE };
  try {
    const found = await find(llm);
    if (found.length === 0) return { items: [...byRule], by: BY_RULE };
    const prompt = `${what}/${promptsIn(input.language).version}`;
    return { items: join(byRule, found), by: { method: "llm", model: llm.model, prompt } };
  } catch (error) {
    input.signal.throwIfAborted();
    input.warn(`no ${what} by the language model; those found by rule are taken alone`, { error: String(error) });
    return { items: [...byRule], by: { ...BY_RULE, ...withoutModel(error) } };
  }
}

const BY_RULE = { method: "rules", model: null, prompt: null } as const;

/** Says so where the model was not asked since the meeting has cost enough. */
export function withoutModel(error: unknown): Pick<Made, "withoutModel"> {
  return error instanceof LlmError && error.failure === "spent" ? { withoutModel: "tokens-spent" } : {};
}
