import type { PostKey } from "./post-key.ts";

/** Behind all that waits, in SQL; answers alone have places below zero. */
export const LAST = "(SELECT MAX(0, COALESCE(MAX(position), 0)) + 1 FROM outbox)";
/** Before all that waits, but for other answers: places below zero are theirs. */
const FIRST = "(SELECT COALESCE(MAX(position), -1000000000000) + 1 FROM outbox WHERE position < 0)";

/**
 * Gives the place of a new message, in SQL: people wait for answers, while the record of many circles may fill the
 * line.
 */
export function placeInLine({ kind }: PostKey): string {
  return kind === "answer" || kind === "refused" ? FIRST : LAST;
}
