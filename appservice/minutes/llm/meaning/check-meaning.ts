import type { MinutesPerson } from "../../person.ts";
import { alike, type Content, contentOf } from "./content.ts";
import { daysIn, namesOtherPeriod } from "./days.ts";
import { allThere, type NamedText, type Namer, namerOf, namesStranger, type SaidLine } from "./names.ts";
import { numbersIn } from "./numbers.ts";
import { polarAsAnswered, polarityOf, polarOf } from "./polarity.ts";
import { saysOpposite } from "./opposites.ts";
import { clausesOf, swapsRoles } from "./roles.ts";
import { mayBeTurnedRound } from "./turned-round.ts";

/** Reason for which a claim does not rest on its lines. */
export type Fault = "name" | "number" | "day" | "negation" | "roles" | "content";

/** `doubtful`: nothing speaks against the claim, but not all of it was said in these words, or in this order. */
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
    const [claimed, told] = [factsOf(claim.rest), factsOf(spoken)];
    if (!claimed.numbers.isSubsetOf(told.numbers)) return fault("number");
    if (!claimed.days.isSubsetOf(told.days) || namesOtherPeriod(claim.rest, spoken)) return fault("day");
    const content = contentOf(claim.rest);
    const inLines = contentOf(spoken);
    const said = [...inLines, ...before.flatMap((line) => contentOf(line.text))];
    const isIn = (content: readonly Content[]) => (one: Content) => content.some((other) => alike(one, other));
    const isSaid = isIn(said);
    const share = content.length === 0 ? 1 : content.filter(isSaid).length / content.length;
    const isDated = claimed.numbers.size > 0 || claimed.days.size > 0;
    if (!(content.some(isIn(inLines)) || isDated) || share < leastShare || longestRun(content, isSaid) >= INVENTED)
      return fault("content");
    const polarity = polarityOf(polarOf(claim.rest), polarAsAnswered(bare));
    if (polarity === "opposed" || saysOpposite(claim.rest, spoken)) return fault("negation");
    if (deniesOwnWords(text, claim, bare, namer)) return fault("negation");
    if (swapsRoles(text, lines, namer)) return fault("roles");
    return {
      holds: true,
      doubtful:
        content.length === 0 ||
        share < SURE ||
        polarity === "mixed" ||
        new Set(claim.people).size > 1 ||
        mayBeTurnedRound(claimed, told),
    };
  };
}

/** Tells whether somebody is said to be against what they speak for in their own line, or the other way round. */
function deniesOwnWords(text: string, claim: NamedText, lines: readonly SaidLine[], namer: Namer): boolean {
  return clausesOf(text, claim).some(({ person, text: part }) => {
    const own = lines.filter(({ speaker }) => speaker === person).map((line) => line.text);
    return own.length > 0 && polarityOf(polarOf(namer(part).rest), polarOf(own.join(". "))) === "opposed";
  });
}

function factsOf(text: string) {
  return { text, numbers: numbersIn(text), days: daysIn(text) };
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
