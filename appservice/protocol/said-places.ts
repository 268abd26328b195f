import { z } from "zod";

/**
 * Place in the text of an utterance, in letters before it, and when it was said, in milliseconds from its beginning.
 */
export const SaidPlace = z.object({ letter: z.number().int().nonnegative(), ms: z.number().int().nonnegative() });
export type SaidPlace = z.infer<typeof SaidPlace>;

/** Most places of an utterance of 16 seconds at most: one a second. */
export const MOST_PLACES = 16;

/** Places in the order of the text, as far as the engine told when they were said. */
export const SaidPlaces = z.array(SaidPlace).max(MOST_PLACES);
