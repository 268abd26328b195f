import type { ParticipantId } from "../../protocol/identity.ts";
import type { Compiled } from "./compiled.ts";
import type { NamesHeard } from "./names-heard.ts";
import type { SaidWords } from "./tokens.ts";

type Ground = { readonly said: SaidWords; readonly lexicon: Compiled; readonly names: NamesHeard };

/** Text of a task without the words that say whose it is, and where those end. */
export type OwnedText = {
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly person: ParticipantId | null;
};

/**
 * Finds whose a task is where its own words say so: a name apart before it ("Tom: book the room"), or after it, in the
 * sentence or the next one ("book the room, owner Tom").
 */
export function ownerOf({ said, lexicon, names }: Ground, from: number, to: number, limit: number): OwnedText | null {
  const first = names.at(from, to, null)[0];
  const work = from + (first?.words ?? 0);
  const gap = said.gaps[work];
  if (first && work < to && (gap?.colon || (gap?.pause && lexicon.workBegins.lengthAt(said.tokens, work) > 0)))
    return { from: work, to, end: to, person: first.person };
  for (let at = to; at > from && at >= to - LONGEST_OWNER; at--) {
    if (!said.gaps[at]?.pause) continue;
    const words = lexicon.ownedBy.lengthAt(said.tokens, at);
    const name = words > 0 ? names.at(at + words, limit, null)[0] : undefined;
    const end = at + words + (name?.words ?? 0);
    if (name && (end === limit || said.gaps[end]?.end)) return { from, to: at, end, person: name.person };
  }
  return null;
}

/** Words of the longest note of an owner after a task. */
const LONGEST_OWNER = 6;
