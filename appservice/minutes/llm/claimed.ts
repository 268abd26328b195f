import { z } from "zod";

/** Letters of a sentence, a title or a question. A grammar cuts what is longer in the middle of a word. */
export const MOST_LETTERS = 320;
const MOST_LINES = 12;

/** Parts of the elements, with bounds that a grammar can be made of. */
export const claimed = {
  text: z.string().min(1).max(MOST_LETTERS),
  from: z.array(z.number().int()).max(MOST_LINES),
  name: z.string().max(80),
};
