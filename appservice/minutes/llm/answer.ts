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

/** Most braces that may stay open: each is looked for up to the end, and an answer may be made of nothing else. */
const MOST_OPEN = 20;

/** Most objects that are looked at: a model that stutters writes one and the same up to the end of its tokens. */
const MOST_OBJECTS = 250;

/** Yields balanced `{…}`, the outermost first, left to right; braces within strings do not count. */
function* objectsIn(text: string): Generator<string> {
  let [open, objects] = [0, 0];
  for (let start = text.indexOf("{"); start >= 0 && open < MOST_OPEN && objects < MOST_OBJECTS; ) {
    const end = closing(text, start);
    if (end === null) open++;
    else {
      objects++;
      yield text.slice(start, end + 1);
    }
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

/** Elements that an answer holds whole; `overlong`: number of those that only break a bound. */
export type Elements<T> = { readonly whole: T[]; readonly overlong: number };

/**
 * Reads the elements of the list below `key` in an answer that is cut off, not at its end yet, longer than asked for,
 * or wrong in some of its elements: the first `most` of them, each once.
 */
export function elementsIn<T>(text: string, key: string, element: z.ZodType<T>, most: number): Elements<T> {
  const answer = withoutThoughts(text);
  const at = answer.indexOf(`"${key}"`);
  const from = at < 0 ? -1 : answer.indexOf("[", at);
  const found = new Map<string, T>();
  let overlong = 0;
  for (const candidate of from < 0 ? [] : objectsIn(answer.slice(from))) {
    if (found.size >= most) break;
    const read = elementFrom(candidate, element);
    if (read === "overlong") overlong++;
    else if (read !== null) found.set(JSON.stringify(read.value), read.value);
  }
  return { whole: [...found.values()], overlong };
}

function elementFrom<T>(candidate: string, element: z.ZodType<T>): { readonly value: T } | "overlong" | null {
  try {
    const checked = element.safeParse(JSON.parse(candidate));
    if (checked.success) return { value: checked.data };
    return checked.error.issues.every(({ code }) => code === "too_big") ? "overlong" : null;
  } catch {
    return null;
  }
}
