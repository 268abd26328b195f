import { z } from "zod";
import { elementsIn } from "./answer.ts";
import type { Llm, ModelQuestion } from "./llm.ts";

/** Form of nearly all answers: a list of at most so many elements below one key. */
export type ListForm<T> = { readonly key: string; readonly element: z.ZodType<T>; readonly most: number };

export type ListQuestion<T> = Omit<ModelQuestion<never>, "schema" | "rescue" | "name"> & {
  readonly form: ListForm<T>;
  /** Called with the elements that are whole so far, unchecked. */
  readonly onElements?: (soFar: readonly T[]) => void;
};

/**
 * Asks for a list. The server is told its bounds; of an answer that breaks them, or is cut off, the whole elements are
 * taken up to the most asked for.
 */
export async function askForList<T>(llm: Llm, question: ListQuestion<T>, signal: AbortSignal): Promise<readonly T[]> {
  const { form, onElements, ...rest } = question;
  const { key, element, most } = form;
  const read = (text: string) => elementsIn(text, key, element, most);
  const answer = await llm.ask(
    {
      ...rest,
      name: key,
      schema: z.object({ [key]: z.array(element).max(most) }),
      rescue: (text) => {
        const { whole, overlong } = read(text);
        // One that is too long alone is no reason to ask again: it would come again.
        return whole.length + overlong > 0 ? { [key]: whole } : null;
      },
      ...(onElements ? { onText: (text: string) => onElements(read(text).whole) } : {}),
    },
    signal,
  );
  return answer[key] ?? [];
}

/** Letters of a sentence, a title or a question. A grammar cuts what is longer in the middle of a word. */
export const MOST_LETTERS = 320;
const MOST_LINES = 12;

/** Parts of the elements, with bounds that a grammar can be made of. */
export const claimed = {
  text: z.string().min(1).max(MOST_LETTERS),
  from: z.array(z.number().int()).max(MOST_LINES),
  name: z.string().max(80),
};
