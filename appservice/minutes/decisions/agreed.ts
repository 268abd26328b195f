import type { Sentence } from "../text/sentences.ts";
import type { Move } from "../talk/moves.ts";
import { isDecided } from "./decided.ts";

/** People who must consent to another's proposal for it to be agreed, where nobody draws the conclusion. */
const CONSENTS = 2;

/**
 * Finds what was agreed without the word: a proposal to which two others consented and nobody objected after, or one
 * that somebody settled ("Done."); in the words of the conclusion, where one was drawn. What a sentence says was
 * decided is found by that.
 */
export function agreedIn(moves: readonly Move[]): Sentence[] {
  const matters = Map.groupBy(
    moves.filter(({ to, act }) => to !== null && act !== "answer"),
    ({ to }) => to ?? -1,
  );
  return [...matters].flatMap(([proposal, replies]): Sentence[] => {
    const made = moves[proposal];
    const last = replies.at(-1);
    if (!made || !last) return [];
    const until = moves.filter(({ position, turn }) => position >= proposal && turn <= last.turn + 1);
    if (until.some(({ text }) => isDecided(text))) return [];
    const consents = new Set(replies.flatMap(({ act, speaker }) => (act === "agreement" ? [speaker] : [])));
    const conclusion = replies.findLast(({ act }) => act === "conclusion");
    const settled = replies.some(({ act }) => act === "settled");
    const agreed = conclusion ? consents.size > 0 : settled || consents.size >= CONSENTS;
    return agreed && last.act !== "objection" ? [conclusion ?? made] : [];
  });
}
