import type { GroundedSentence } from "../../protocol/meeting-record.ts";
import type { RunInput } from "../plugin.ts";
import type { InPart } from "./ask-in-parts.ts";
import { citingClaim, type CitingClaim, type Judged, lineFinder, piecesFor } from "./grounding.ts";
import type { Llm } from "./llm.ts";
import { withoutDenied } from "./second-question.ts";

/** Share of words that must have been said, high where people are held to what stands there. */
const SHARES = { task: 0.34, decision: 0.6, question: 0.6 } as const;

export type CheckedClaim<T> = InPart<T> & { readonly kept: GroundedSentence };

/** Judges claims apart from the thread that guards the microphones, each as it stands. */
export function judgedElsewhere(
  { byRule, utterances, people }: Pick<RunInput, "byRule" | "utterances" | "people">,
  claims: readonly CitingClaim[],
  share?: number,
): Promise<readonly Judged[]> {
  if (claims.length === 0) return Promise.resolve([]);
  return byRule("judgeClaims", claims, piecesFor(claims, utterances), people, share);
}

/**
 * Keeps of what a model found that which rests on the lines it names, and which it does not take back itself when it is
 * asked again. The log has the rest.
 */
export async function checkedClaims<T extends { readonly from: readonly number[] }>(
  input: RunInput,
  llm: Llm,
  what: keyof typeof SHARES,
  asked: readonly InPart<T>[],
  textOf: (claim: T) => string,
): Promise<CheckedClaim<T>[]> {
  const claims = asked.map(({ claim, part }) => citingClaim({ text: textOf(claim), from: claim.from }, part));
  const judged = await judgedElsewhere(input, claims, SHARES[what]);
  const resting: (CheckedClaim<T> & GroundedSentence & { doubtful: boolean })[] = [];
  for (const [at, one] of asked.entries()) {
    const found = judged[at];
    if (found?.sentence) resting.push({ ...one, ...found.sentence, kept: found.sentence, doubtful: found.doubtful });
    else
      input.warn(`a ${what} of the language model rests on nothing that was said and is dropped`, {
        fault: found?.fault,
      });
  }
  return withoutDenied(input, llm, resting, lineFinder(input.utterances));
}
