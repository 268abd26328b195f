import { anyOf } from "../../text/phrases.ts";

/** Words by which something holds in some case alone. */
const CONDITION = anyOf("if|unless|provided|only|если|при условии|только|лишь");

export type Facts = { readonly numbers: ReadonlySet<number>; readonly days: ReadonlySet<string> };

/**
 * Tells whether a claim may turn round what was said, though it has the same words: its numbers or days follow in
 * another order ("from 450 to 400"), or a condition is left out.
 */
export function mayBeTurnedRound(
  claim: Facts & { readonly text: string },
  spoken: Facts & { readonly text: string },
): boolean {
  return (
    isReordered(claim.numbers, spoken.numbers) ||
    isReordered(claim.days, spoken.days) ||
    (CONDITION.test(spoken.text.toLowerCase()) && !CONDITION.test(claim.text.toLowerCase()))
  );
}

/** Sets keep the order in which things were first said. */
function isReordered<T>(claimed: ReadonlySet<T>, spoken: ReadonlySet<T>): boolean {
  const said = [...spoken];
  const places = [...claimed].map((one) => said.indexOf(one));
  return places.some((place, n) => n > 0 && place < (places[n - 1] ?? 0));
}
