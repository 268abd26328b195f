import type { MinutesPerson } from "../../person.ts";
import { alike, type Content, contentOf } from "./content.ts";
import { daysIn } from "./days.ts";
import { allThere, namerOf, namesStranger, type SaidLine } from "./names.ts";
import { numbersIn } from "./numbers.ts";
import { polarityOf, polarOf } from "./polarity.ts";
import { swapsRoles } from "./roles.ts";

/** Reason for which a claim does not rest on its lines. */
export type Fault = "name" | "number" | "day" | "negation" | "roles" | "content";

/** `doubtful`: nothing speaks against the claim, but not all of it was said in these words. */
export type MeaningVerdict =
  | { readonly holds: true; readonly doubtful: boolean }
  | { readonly holds: false; readonly fault: Fault };

/** Words next to one another that nobody said, from which on something is invented. */
const INVENTED = 2;
/** Share of the content that was said, below which a claim that is not denied is in doubt. */
const SURE = 0.85;

export type MeaningCheck = (
  claim: string,
  lines: readonly SaidLine[],
  leastShare: number,
  before?: readonly SaidLine[],
) => MeaningVerdict;

/**
 * Checks whether a claim says what the lines say that it rests on: whom it names, its numbers and days, whether it is
 * denied, who does what, and how much of its content was said. `leastShare`: of its content, that must have been said;
 * `before`: lines just before, in which stands what the lines point back to.
 */
export function meaningCheck(people: readonly MinutesPerson[]): MeaningCheck {
  const namer = namerOf(people);
  return (text, lines, leastShare, before = []) => {
    const claim = namer(text);
    const bare = lines.map((line) => ({ ...line, text: namer(line.text).rest }));
    const spoken = bare.map((line) => line.text).join(". ");
    if (!allThere(claim, lines, namer) || namesStranger(claim.rest, bare)) return fault("name");
    if (!numbersIn(claim.rest).isSubsetOf(numbersIn(spoken))) return fault("number");
    if (!daysIn(claim.rest).isSubsetOf(daysIn(spoken))) return fault("day");
    const content = contentOf(claim.rest);
    const inLines = contentOf(spoken);
    const said = [...inLines, ...before.flatMap((line) => contentOf(line.text))];
    const isIn = (content: readonly Content[]) => (one: Content) => content.some((other) => alike(one, other));
    const isSaid = isIn(said);
    const share = content.filter(isSaid).length / Math.max(1, content.length);
    if (
      content.length === 0 ||
      !content.some(isIn(inLines)) ||
      share < leastShare ||
      longestRun(content, isSaid) >= INVENTED
    )
      return fault("content");
    const polarity = polarityOf(polarOf(claim.rest), polarOf(spoken));
    if (polarity === "opposed") return fault("negation");
    if (swapsRoles(text, lines, namer)) return fault("roles");
    return { holds: true, doubtful: share < SURE || polarity === "mixed" || new Set(claim.people).size > 1 };
  };
}

function longestRun(content: readonly Content[], isSaid: (one: Content) => boolean): number {
  let [run, longest] = [0, 0];
  for (const one of content) {
    run = isSaid(one) ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

function fault(of: Fault): MeaningVerdict {
  return { holds: false, fault: of };
}
