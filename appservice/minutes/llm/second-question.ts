import { z } from "zod";
import type { RunInput } from "../plugin.ts";
import type { SaidGround } from "./grounding.ts";
import { askForList } from "./ask-for-list.ts";
import type { Llm } from "./llm.ts";
import { promptsIn } from "./prompts/prompts.ts";
import { shown } from "./transcript.ts";

type Asking = Pick<RunInput, "language" | "people" | "signal" | "warn">;

type InDoubt = { readonly text: string; readonly from: readonly string[]; readonly doubtful: boolean };

const VERDICT = z.object({ n: z.number().int(), holds: z.boolean() });
/** Sentences in one question: more of them, and small models confuse their numbers. */
const AT_ONCE = 8;

/**
 * Asks the model about each of its sentences that are in doubt, whether the lines say so, and leaves out those of which it
 * says no itself. Without an answer they stay: nothing that was checked speaks against them.
 */
export async function withoutDenied<T extends InDoubt>(
  input: Asking,
  llm: Llm,
  found: readonly T[],
  ground: SaidGround,
): Promise<T[]> {
  const doubted = llm.secondQuestion ? found.filter(({ doubtful }) => doubtful) : [];
  const denied = new Set<T>();
  for (let at = 0; at < doubted.length; at += AT_ONCE) {
    const asked = doubted.slice(at, at + AT_ONCE);
    for (const n of await deniedOf(input, llm, asked, ground)) {
      const one = asked[n - 1];
      if (one) denied.add(one);
    }
  }
  if (denied.size > 0)
    input.warn("the language model, asked again, says that some of its sentences were not said; they are dropped", {
      dropped: denied.size,
    });
  return found.filter((one) => !denied.has(one));
}

async function deniedOf(input: Asking, llm: Llm, asked: readonly InDoubt[], ground: SaidGround): Promise<number[]> {
  const { secondQuestion } = promptsIn(input.language);
  const name = new Map(input.people.map((person) => [person.id, person.name]));
  const statements = asked.map(({ text, from }, i) => {
    const lines = from.flatMap((id) => {
      const said = ground.said.get(id);
      return said ? [{ from: [id], speaker: name.get(said.speaker) ?? said.speaker, text: said.text }] : [];
    });
    const statement = shown([{ from, speaker: "", text }]).replace(/^\[1\] : /, "");
    return secondQuestion.statement(i + 1, statement, shown(lines));
  });
  try {
    const verdicts = await askForList(
      llm,
      {
        system: secondQuestion.system,
        user: secondQuestion.ask(statements.join("\n\n")),
        form: { key: "verdicts", element: VERDICT, most: AT_ONCE },
        answerTokens: 40 + 25 * asked.length,
      },
      input.signal,
    );
    return verdicts.flatMap(({ n, holds }) => (holds ? [] : [n]));
  } catch (error) {
    input.signal.throwIfAborted();
    input.warn("the language model does not answer the second question; what is in doubt stays", {
      error: String(error),
    });
    return [];
  }
}
