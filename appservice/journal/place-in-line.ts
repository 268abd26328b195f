import type { PostKey } from "./post-key.ts";

/** Behind all that waits. */
const LAST = "(SELECT COALESCE(MAX(position), 0) + 1 FROM outbox)";
/** Before all that waits, but for other answers: places below zero are theirs. */
const FIRST = "(SELECT COALESCE(MAX(position), -1000000000000) + 1 FROM outbox WHERE position < 0)";

/** Place of a new message, in SQL. Whoever asked waits for an answer, while the record of many circles may fill the line. */
export function placeInLine({ kind }: PostKey): string {
  return kind === "answer" || kind === "refused" ? FIRST : LAST;
}
