import { z } from "zod";
import { timeLimit } from "../../time/time.ts";
import type { DatasetOptions } from "../options.ts";
import type { Pseudonyms } from "../pseudonyms.ts";
import { DatasetProblem } from "../target-problem.ts";
import type { FindMore } from "./cleaner.ts";

const Answer = z.array(
  z.object({
    start: z.number().int().nonnegative(),
    end: z.number().int().nonnegative(),
    entity_type: z.string(),
    score: z.number(),
  }),
);

/** Things that are no names of anybody. */
const HARMLESS = new Set(["DATE_TIME", "NRP", "LOCATION"]);

/** Asks Presidio's analyzer. Where it does not answer the build ends: nothing goes out that was not looked through. */
export function presidio(
  { url, languages, leastScore, timeoutSeconds }: NonNullable<DatasetOptions["presidio"]>,
  pseudonyms: Pseudonyms,
): FindMore {
  return async (text, language) => {
    const known = language !== null && languages.includes(language) ? language : null;
    if (known === null || text.trim() === "") return [];
    const asked = { text, language: known, score_threshold: leastScore };
    const found = await ask(new URL("analyze", url.endsWith("/") ? url : `${url}/`), asked, timeoutSeconds * 1_000);
    const letters = [...text];
    return found
      .filter(({ entity_type }) => !HARMLESS.has(entity_type))
      .map(({ start, end, entity_type }) => {
        // Python counts characters, JavaScript halves of some.
        const at = letters.slice(0, start).join("").length;
        const word = letters.slice(start, end).join("");
        const by = pseudonyms.person(`${entity_type} ${word.toLowerCase()}`);
        return { start: at, end: at + word.length, by };
      });
  };
}

async function ask(url: URL, body: object, withinMs: number): Promise<z.output<typeof Answer>> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: timeLimit(withinMs),
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return Answer.parse(await answer.json());
  } catch (error) {
    throw new DatasetProblem("away", `${url.href}: Presidio gives no answer that can be used (${String(error)}).`, {
      cause: error,
    });
  }
}
