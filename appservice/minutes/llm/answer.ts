import type { z } from "zod";

export type ModelAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

/** Finds the first JSON object in an answer that has the asked form, whatever the model wrote around it. */
export function answerIn<T>(text: string, schema: z.ZodType<T>): ModelAnswer<T> {
  let problem = "the answer holds no complete JSON object";
  for (const candidate of objectsIn(withoutThoughts(text))) {
    try {
      const checked = schema.safeParse(JSON.parse(candidate));
      if (checked.success) return { ok: true, value: checked.data };
      problem = `the answer has another form: ${checked.error.issues[0]?.path.join(".")}: ${checked.error.issues[0]?.message}`;
    } catch {
      problem = "the answer is no valid JSON";
    }
  }
  return { ok: false, problem };
}

/** Removes the model's thoughts, up to the last `</think>`; a thought that it never finished stays. */
function withoutThoughts(text: string): string {
  return text
    .split("</think>")
    .map((part, i, all) => (i === all.length - 1 ? part : part.slice(0, Math.max(0, part.indexOf("<think>")))))
    .join("");
}

/** Yields balanced `{…}`, the outermost first, left to right; braces within strings do not count. */
function* objectsIn(text: string): Generator<string> {
  for (let start = text.indexOf("{"); start >= 0; ) {
    const end = closing(text, start);
    if (end !== null) yield text.slice(start, end + 1);
    start = text.indexOf("{", end === null ? start + 1 : end + 1);
  }
}

function closing(text: string, start: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const letter = text[i];
    if (quoted && letter === "\\") i++;
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === "{") depth++;
    else if (!quoted && letter === "}" && --depth === 0) return i;
  }
  return null;
}

/** Reads the objects of this form in an answer that is not at its end; one that is cut off is left out. */
export function elementsIn<T>(text: string, schema: z.ZodType<T>): T[] {
  const from = text.indexOf("[");
  if (from < 0) return [];
  return [...objectsIn(text.slice(from))].flatMap((candidate) => {
    try {
      const checked = schema.safeParse(JSON.parse(candidate));
      return checked.success ? [checked.data] : [];
    } catch {
      return [];
    }
  });
}
