import type { GroundedSentence } from "../../protocol/meeting-record.ts";
import { nextTurn } from "../../time/time.ts";
import type { RunInput } from "../plugin.ts";
import type { InPart } from "./ask-in-parts.ts";
import { type Claim, groundOf, judged } from "./grounding.ts";
import type { Llm } from "./llm.ts";
import { withoutDenied } from "./second-question.ts";

/** Share of words that must have been said, high where people are held to what stands there. */
const SHARES = { task: 0.34, decision: 0.6, question: 0.6 } as const;

export type CheckedClaim<T> = InPart<T> & { readonly kept: GroundedSentence };

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
  const ground = groundOf(input.utterances, input.people);
  const resting: (CheckedClaim<T> & GroundedSentence & { doubtful: boolean })[] = [];
  for (const one of asked) {
    await nextTurn(); // lets a pass of the floor go first
    const claim: Claim = { text: textOf(one.claim), from: one.claim.from };
    const found = judged(claim, one.part, ground, SHARES[what]);
    if (found.sentence) resting.push({ ...one, ...found.sentence, kept: found.sentence, doubtful: found.doubtful });
    else
      input.warn(`a ${what} of the language model rests on nothing that was said and is dropped`, {
        fault: found.fault,
      });
  }
  return withoutDenied(input, llm, resting, ground);
}
