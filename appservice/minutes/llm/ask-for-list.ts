import { z } from "zod";
import { elementsIn } from "./answer.ts";
import { GrowingAnswer, type GrowingAnswerDeps } from "./growing-answer.ts";
import type { Llm, ModelQuestion } from "./llm.ts";

/** Form of nearly all answers: a list of at most so many elements below one key. */
export type ListForm<T> = { readonly key: string; readonly element: z.ZodType<T>; readonly most: number };

export type ListQuestion<T, Shown> = Omit<ModelQuestion<never>, "schema" | "rescue" | "name" | "onText"> & {
  readonly form: ListForm<T>;
  /** Shows it while it comes, by its elements that are whole so far, unchecked. */
  readonly growing?: Omit<GrowingAnswerDeps<Shown>, "read"> & {
    readonly read: (soFar: readonly T[]) => Promise<Shown | null>;
  };
};

/**
 * Asks for a list. The server is told its bounds; of an answer that breaks them, or is cut off, the whole elements are
 * taken up to the most asked for.
 */
export async function askForList<T, Shown>(
  llm: Llm,
  question: ListQuestion<T, Shown>,
  signal: AbortSignal,
): Promise<readonly T[]> {
  const { form, growing, ...rest } = question;
  const { key, element, most } = form;
  const elements = (text: string) => elementsIn(text, key, element, most);
  const shown = growing && new GrowingAnswer({ ...growing, read: (text) => growing.read(elements(text).whole) });
  try {
    const answer = await llm.ask(
      {
        ...rest,
        name: key,
        schema: z.object({ [key]: z.array(element).max(most) }),
        rescue: (text) => {
          const { whole, overlong } = elements(text);
          // One that is too long alone is no reason to ask again: it would come again.
          return whole.length + overlong > 0 ? { [key]: whole } : null;
        },
        ...(shown ? { onText: (text: string) => shown.grows(text) } : {}),
      },
      signal,
    );
    return answer[key] ?? [];
  } finally {
    await shown?.end();
  }
}
