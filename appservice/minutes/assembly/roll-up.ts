import type {
  AssemblyFacts,
  AssemblyPart,
  AssemblyRecord,
  Joined,
  RingOfPart,
  RingResult,
  RingSentence,
} from "../../protocol/assembly-record.ts";
import { joinAlike } from "./join-alike.ts";

/** Most sentences of the delegates, of those that several rings said, and in all. */
const MOST = { delegates: 6, several: 8, inAll: 40 };
/** Where there are few rings, each of them says more, up to so many sentences. */
const ENOUGH = 8;

/**
 * Rolls up what the rings came to. Nothing is written anew: a sentence of the whole is one of a ring's summary, and
 * rests on what that rests on, so it still opens the words that somebody said.
 */
export function rollUp(facts: AssemblyFacts, parts: readonly AssemblyPart[]): AssemblyRecord {
  const rings = parts.flatMap((part) => part.rings);
  const all = <T extends RingSentence>(of: (ring: RingResult) => readonly T[]) =>
    joinAlike(rings.flatMap((each) => of(each).map((item) => ({ item, place: { part: each.part, ring: each.ring } }))));
  return {
    ...facts,
    parts: [...parts],
    summary: summaryOf(
      parts,
      all(({ summary }) => summary),
    ),
    decisions: all(({ decisions }) => decisions),
    tasks: all(({ tasks }) => tasks),
    questions: all(({ questions }) => questions),
  };
}

/** Sentences that the delegates said, then those of several rings, then one of each ring that is not heard in these. */
function summaryOf(parts: readonly AssemblyPart[], joined: readonly Joined[]): Joined[] {
  const together = new Set(parts.filter(({ kind }) => kind !== "rings").map(({ number }) => number));
  const isOfAll = ({ rings }: Joined) => rings.some(({ part }) => together.has(part));
  const chosen = new Set<Joined>(joined.filter(isOfAll).slice(0, MOST.delegates));
  const several = joined.filter(({ rings }) => rings.length > 1);
  for (const each of several.toSorted((one, other) => other.rings.length - one.rings.length).slice(0, MOST.several))
    chosen.add(each);
  for (const ring of parts.flatMap((part) => part.rings)) {
    if (chosen.size >= MOST.inAll) break;
    if ([...chosen].some(({ rings }) => rings.some((one) => isOf(one, ring)))) continue;
    const first = joined.find(({ rings }) => rings.some((one) => isOf(one, ring)));
    if (first) chosen.add(first);
  }
  for (const each of joined) if (chosen.size < ENOUGH) chosen.add(each);
  return [...chosen];
}

function isOf(one: RingOfPart, other: RingOfPart): boolean {
  return one.part === other.part && one.ring === other.ring;
}
