import { type AnyOrder, type AnyOrderGroup, MOST_GROUPS } from "./any-order.ts";
import type { AnyOrderPhrase } from "./compiled.ts";
import { type Captured, type HeardInAnyOrder, type Match, type MatchGround, textFrom, withNumber } from "./match.ts";

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
  const found = mayBeginAt(ground, i)
    .filter((phrase) => mayBeHeard(ground, phrase))
    .flatMap((phrase) => endsOf(ground, phrase.anyOrder, i).map((match) => ({ phrase, match })));
  ground.inAnyOrder.set(i, found);
  return found;
}

/** Tells whether words of each group that a clause needs are said at all: of most clauses they are not. */
function mayBeHeard({ said, possible }: MatchGround, phrase: AnyOrderPhrase): boolean {
  const known = possible.get(phrase);
  if (known !== undefined) return known;
  const heard = phrase.anyOrder.groups.every(
    ({ needed, words, slots }) => !needed || slots.length > 0 || words.mayBeIn(said.tokens),
  );
  possible.set(phrase, heard);
  return heard;
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
  const seen = new Set<number>();
  const needed = clause.groups.reduce((all, { needed }, place) => (needed ? all | (1 << place) : all), 0);
  goOn(i, needed, {});
  return found;

  function goOn(at: number, missing: number, captured: Captured): void {
    const gap = gaps[at];
    if (at >= tokens.length || at >= i + LONGEST || (at > i && (gap?.quote || gap?.question || gap?.end))) return;
    for (const step of stepsAt(ground, clause, at, missing)) {
      if ("person" in step.captured && "person" in captured) continue;
      if (at === i && step.group === null && !gap?.pause) continue;
      const left = step.group === null ? missing : missing & ~(1 << step.group);
      const end = at + step.words;
      const place = end * (1 << MOST_GROUPS) + left;
      if (seen.has(place)) continue;
      seen.add(place);
      const { number } = step.captured;
      // "A minute thirty seconds" has been told already.
      const all = number === undefined ? { ...step.captured, ...captured } : withNumber(captured, number);
      if (left === 0) found.push({ end, cost: 0, captured: all });
      goOn(end, left, all);
    }
  }
}

function thanksAt({ said: { tokens }, lexicon }: MatchGround, at: number): boolean {
  return lexicon.thanks.lengthAt(tokens, at) > 0 || lexicon.address.lengthAt(tokens, at) > 0;
}

/** Takes the text that follows, if it stands and begins as this clause needs. */
function textAt(ground: MatchGround, phrase: AnyOrderPhrase, match: Match, limit: number): HeardInAnyOrder[] {
  const { said, lexicon } = ground;
  const { end } = match;
  const { text } = phrase.anyOrder;
  const gap = said.gaps[end];
  const apart = text === "work" || (text === "text after a colon" ? gap?.colon : gap?.pause);
  const isWork = text === "text" || text === "text after a colon" || lexicon.workBegins.lengthAt(said.tokens, end) > 0;
  if (!apart || !isWork || end >= limit || lexicon.notText.lengthAt(said.tokens, end) > 0) return [];
  return textFrom(ground, phrase, match, limit).map((withText) => ({ phrase, match: withText }));
}

/**
 * Lists the pieces at a word that the clause knows, one of each length, which is one that it still needs where there is
 * such: a long piece may hide words that another group waits for.
 */
function stepsAt(ground: MatchGround, clause: AnyOrder, at: number, missing: number): Step[] {
  const isNeeded = ({ group }: Step) => group !== null && (missing & (1 << group)) !== 0;
  const steps: Step[] = [];
  for (const [place, group] of clause.groups.entries()) {
    const step = groupAt(ground, group, place, at);
    if (!step) continue;
    const alike = steps.findIndex(({ words }) => words === step.words);
    if (alike < 0) steps.push(step);
    else if (isNeeded(step)) steps[alike] = step;
  }
  if (steps.length > 0) return steps.sort((one, other) => other.words - one.words);
  const { said, lexicon } = ground;
  const words = lexicon.between.lengthAt(said.tokens, at) || lexicon.address.lengthAt(said.tokens, at);
  return words > 0 ? [{ words, group: null, captured: {} }] : [];
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
