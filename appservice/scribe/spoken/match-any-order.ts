import type { AnyOrder, AnyOrderGroup } from "./any-order.ts";
import type { AnyOrderPhrase } from "./compiled.ts";
import { type Captured, type HeardInAnyOrder, type Match, type MatchGround, textFrom } from "./match.ts";

/** Most words of such a clause: longer ones say more than a command. */
const LONGEST = 16;

/** Lists the clauses in any order that are heard from word `i` on, up to a pause, to thanks, or to `limit`. */
export function heardInAnyOrder(ground: MatchGround, i: number, limit: number): HeardInAnyOrder[] {
  const { gaps } = ground.said;
  return allFrom(ground, i).flatMap((heard): HeardInAnyOrder[] => {
    const { phrase, match } = heard;
    if (phrase.anyOrder.text) return textAt(ground, phrase, match, limit);
    const ends = match.end === limit || gaps[match.end]?.pause || thanksAt(ground, match.end);
    return match.end <= limit && ends ? [heard] : [];
  });
}

/** Remembers what is heard from a word on: it is asked for once for each limit. */
function allFrom(ground: MatchGround, i: number): readonly HeardInAnyOrder[] {
  const known = ground.inAnyOrder.get(i);
  if (known) return known;
  const found = mayBeginAt(ground, i).flatMap((phrase) =>
    endsOf(ground, phrase.anyOrder, i).map((match) => ({ phrase, match })),
  );
  ground.inAnyOrder.set(i, found);
  return found;
}

/**
 * Lists the clauses of which a word may begin here, after those that only stand between the others: such words begin
 * nothing, unless a pause sets them apart.
 */
function mayBeginAt(ground: MatchGround, i: number): readonly AnyOrderPhrase[] {
  const { tokens, gaps } = ground.said;
  const phrases = new Set<AnyOrderPhrase>();
  let apart = gaps[i]?.pause ?? false;
  for (let at = i; at < tokens.length; ) {
    for (const phrase of withWordAt(ground, at)) phrases.add(phrase);
    const words = apart ? ground.lexicon.between.lengthAt(tokens, at) : 0;
    apart = words > 0;
    if (!apart) break;
    at += words;
  }
  return [...phrases];
}

function withWordAt({ said: { tokens }, lexicon, names }: MatchGround, at: number): readonly AnyOrderPhrase[] {
  const known = lexicon.anyOrderFrom(tokens[at]?.word ?? "");
  const fills =
    names.at(at, tokens.length, null).length > 0 ||
    lexicon.numberAt(tokens, at) !== null ||
    lexicon.unitAt(tokens, at) !== null;
  return fills ? [...known, ...lexicon.anyOrderFrom(null)] : known;
}

type Step = { readonly words: number; readonly group: number | null; readonly captured: Captured };

function endsOf(ground: MatchGround, clause: AnyOrder, i: number): Match[] {
  const { gaps, tokens } = ground.said;
  const found: Match[] = [];
  let missing = clause.groups.reduce((all, { needed }, place) => (needed ? all | (1 << place) : all), 0);
  let captured: Captured = {};
  for (let at = i; at < tokens.length && at < i + LONGEST; ) {
    const gap = gaps[at];
    if (at > i && (gap?.quote || gap?.question || gap?.end)) break;
    const step = stepAt(ground, clause, at, missing);
    if (!step || ("person" in step.captured && "person" in captured)) break;
    if (at === i && step.group === null && !gap?.pause) break;
    at += step.words;
    captured = { ...captured, ...step.captured };
    if (step.group !== null) missing &= ~(1 << step.group);
    if (missing === 0) found.push({ end: at, cost: 0, captured });
  }
  return found;
}

function thanksAt({ said: { tokens }, lexicon }: MatchGround, at: number): boolean {
  return lexicon.thanks.lengthAt(tokens, at) > 0 || lexicon.address.lengthAt(tokens, at) > 0;
}

/** Takes the text that follows: after a pause, or at once where it begins as work does. */
function textAt(ground: MatchGround, phrase: AnyOrderPhrase, match: Match, limit: number): HeardInAnyOrder[] {
  const { said, lexicon } = ground;
  const { end } = match;
  const begins =
    phrase.anyOrder.text === "text"
      ? (said.gaps[end]?.pause ?? false)
      : lexicon.workBegins.lengthAt(said.tokens, end) > 0;
  if (!begins || end >= limit || lexicon.notText.lengthAt(said.tokens, end) > 0) return [];
  return textFrom(ground, phrase, match, limit).map((withText) => ({ phrase, match: withText }));
}

/** Finds the longest piece at a word that the clause knows; among equals one that it still needs. */
function stepAt(ground: MatchGround, clause: AnyOrder, at: number, missing: number): Step | null {
  let best: Step | null = null;
  for (const [place, group] of clause.groups.entries()) {
    const step = groupAt(ground, group, place, at);
    if (!step) continue;
    const wanted = (missing & (1 << place)) !== 0;
    if (!best || step.words > best.words || (step.words === best.words && wanted)) best = step;
  }
  if (best) return best;
  const { said, lexicon } = ground;
  const words = lexicon.between.lengthAt(said.tokens, at) || lexicon.address.lengthAt(said.tokens, at);
  return words > 0 ? { words, group: null, captured: {} } : null;
}

function groupAt(
  { said: { tokens }, lexicon, names }: MatchGround,
  { words, slots }: AnyOrderGroup,
  group: number,
  at: number,
): Step | null {
  const length = words.lengthAt(tokens, at);
  if (length > 0) return { words: length, group, captured: {} };
  for (const { slot, case: wanted } of slots) {
    const name = slot === "name" ? names.at(at, tokens.length, wanted)[0] : undefined;
    if (name) return { words: name.words, group, captured: { person: name.person } };
    const number = slot === "number" ? lexicon.numberAt(tokens, at) : null;
    if (number) return { words: number.words, group, captured: { number: number.value } };
    const unit = slot === "unit" ? lexicon.unitAt(tokens, at) : null;
    if (unit) return { words: unit.words, group, captured: { seconds: unit.value } };
  }
  return null;
}
