import { afterThanks, closes } from "./after-command.ts";
import type { Phrase } from "./compiled.ts";
import { hangsOver, isSpokenAbout, mayRunOn } from "./doubt.ts";
import { type MatchGround, type Match, phrasesHeard } from "./match.ts";
import { heardInAnyOrder } from "./match-any-order.ts";
import { isUnpunctuated, type SaidWords } from "./tokens.ts";

/** A command with the words it takes up, those that lead up to it and thanks after it included. */
export type FoundEdges = { readonly from: number; readonly to: number; readonly phrase: Phrase; readonly match: Match };

export type Edges = {
  readonly ground: MatchGround;
  readonly before: SaidWords | null;
  /** Somebody else asked something, right before this turn. */
  readonly asked: boolean;
  /** Last command before each word that was looked at: one may hang on another, and that on a third. */
  readonly sought: Map<number, FoundEdges | "doubtful" | null>;
};

/** Words after "that's all from me" beyond which it was not all. */
const LAST_WORDS = 12;

/** Limit above the length of any command that begins in the middle of a clause. */
const LONGEST = 12;

/** Words within which a command is looked for, and leads that it may have: a piece between two pauses is shorter. */
const REACH = 150;
const MOST_LEADS = 8;

/** Most places before which a last command is looked for: nobody gives so many in a row. */
const MOST_SOUGHT = 24;

/** Least words of an unmarked sentence before a command: a few words rather belong to the command. */
const RUN_ON = { plain: 4, joined: 2, unpunctuated: 3 };

/** Finds the commands at the end of a piece of speech, from the last one backwards. */
export function commandsAtEnd(edges: Edges): FoundEdges[] {
  const found: FoundEdges[] = [];
  const { gaps, tokens } = edges.ground.said;
  let limit = tokens.length;
  while (limit > 0) {
    const next = lastCommand(edges, limit);
    if (next === "doubtful") {
      // "He said: that's all, over to Tom": words joined to a quotation are quoted, too.
      while (found.length > 0 && !gaps[found.at(-1)?.from ?? 0]?.end) found.pop();
      break;
    }
    if (!next) break;
    found.push(next);
    limit = next.from;
  }
  return found.reverse();
}

/** Finds the commands at the beginning of a piece of speech. */
export function commandsAtStart(edges: Edges, limit: number): FoundEdges[] {
  const found: FoundEdges[] = [];
  for (let at = 0; at < limit; ) {
    const next = firstCommand(edges, at, limit);
    if (!next) break;
    found.push(next);
    at = next.to;
  }
  return found;
}

function lastCommand(edges: Edges, limit: number): FoundEdges | "doubtful" | null {
  const known = edges.sought.get(limit);
  if (known !== undefined) return known;
  if (edges.sought.size >= MOST_SOUGHT) return null;
  const found = seekLast(edges, limit);
  edges.sought.set(limit, found);
  return found;
}

function seekLast(edges: Edges, limit: number): FoundEdges | "doubtful" | null {
  const { said } = edges.ground;
  const asks = said.gaps[limit]?.question ?? false;
  let doubtful = false;
  let withText: FoundEdges | null = null;
  for (let i = Math.max(0, limit - REACH); i < limit; i++) {
    const from = withLeads(edges.ground, i);
    if (!said.gaps[from]?.pause && i < limit - LONGEST) continue;
    const fitting = best(
      edges.ground,
      i,
      limit,
      (phrase, match) =>
        (!asks || phrase.mayAsk) &&
        closes(edges.ground, match, limit) &&
        standsApart(edges, phrase, from, i) &&
        !isAnswer(edges, from, i, match.end),
    );
    if (!fitting) continue;
    const found = { from, to: limit, ...fitting };
    if (!isMeant(edges, from, fitting.match.end, limit)) doubtful = true;
    else if (fitting.match.captured.text) withText ??= found;
    // A task goes on to the end of its sentence, or to the next command in it.
    else if (from > (withText?.match.captured.text?.from ?? -1)) return found;
  }
  return withText ?? (doubtful ? "doubtful" : null);
}

function isMeant(edges: Edges, from: number, to: number, limit: number): boolean {
  const { said, lexicon } = edges.ground;
  if (from === 0 && hangsOver(edges.before, lexicon)) return false;
  // "I have said my piece, over to Tom": the words that tell of speaking are a command themselves.
  const followed = limit < said.tokens.length ? "by a command" : "by speech";
  return !isSpokenAbout(said, lexicon, from, to, followed) || followsCommand(edges, from);
}

function followsCommand(edges: Edges, from: number): boolean {
  const before = from > 0 ? lastCommand(edges, from) : null;
  return before !== null && before !== "doubtful" && !before.match.captured.text;
}

/** Tells whether a clause of its own begins at `from`, or whatever else a phrase of this grade needs before it. */
function standsApart(edges: Edges, { grade, command }: Phrase, from: number, i: number): boolean {
  const { said, lexicon } = edges.ground;
  const gap = said.gaps[from];
  if (gap?.end) return true;
  // "I am not sure that I'm done": the clause belongs to the one before it.
  const word = said.tokens[from]?.word ?? "";
  if (lexicon.binds.has(word) && lexicon.goesOn.has(word)) return followsCommand(edges, from);
  // "I'm finished here, next."
  if (grade === "alone") return gap?.pause === true && followsCommand(edges, from);
  // "He skips, and I skip": a clause joined by "and" goes on telling.
  const goesOn = from < i && lexicon.joins.lengthAt(said.tokens, from) === i - from;
  if (gap?.pause) return grade === "clear" || !goesOn;
  // "They put the project on pause."
  if ((command === "pause" || command === "resume") && lexicon.clings.has(said.tokens[i]?.word ?? "")) return false;
  const least = from < i ? RUN_ON.joined : RUN_ON.plain;
  const runsOn = isUnpunctuated(said)
    ? grade !== "clause" && mayRunOn(said, lexicon, from, RUN_ON.unpunctuated)
    : grade === "clear" && mayRunOn(said, lexicon, from, least);
  return runsOn || followsCommand(edges, from);
}

/**
 * Tells whether words answer a question rather than end the turn: "How is the report? Done." The question stands right
 * before them, in this piece of speech or the one before, or ended what somebody else said.
 */
function isAnswer(edges: Edges, from: number, i: number, end: number): boolean {
  const { ground, before, asked } = edges;
  const { said, lexicon } = ground;
  const answers = lexicon.answers.lengthAt(said.tokens, i) === end - i;
  if (asked && from === 0 && answers) return true;
  if (!answers && end - i > 1) return false;
  return (said.gaps[from]?.question ?? false) || (from === 0 && (before?.gaps.at(-1)?.question ?? false));
}

function firstCommand(edges: Edges, at: number, limit: number): FoundEdges | null {
  const { ground, before } = edges;
  const { said, lexicon } = ground;
  if (at === 0 && hangsOver(before, lexicon)) return null;
  for (let i = at, leads = 0; i < limit && leads <= MOST_LEADS; leads++) {
    const found = best(
      ground,
      i,
      limit,
      (phrase, match) => opens(ground, phrase, match, limit) && !isAnswer(edges, at, i, match.end),
    );
    if (found)
      return isSpokenAbout(said, lexicon, i, found.match.end)
        ? null
        : { from: at, to: afterThanks(ground, found.match, limit), ...found };
    const lead = lexicon.address.lengthAt(said.tokens, i) || lexicon.leads.lengthAt(said.tokens, i);
    if (lead === 0) return null;
    i += lead;
  }
  return null;
}

function opens(ground: MatchGround, phrase: Phrase, match: Match, limit: number): boolean {
  const {
    said: { tokens, gaps },
    lexicon,
  } = ground;
  const to = afterThanks(ground, match, limit);
  const gap = gaps[to];
  if (!gap?.pause || (gap.question && !phrase.mayAsk)) return false;
  if (match.captured.text) return true;
  if (lexicon.takeBack.lengthAt(tokens, to) > 0 && to < limit) return false;
  if (to === limit) return true;
  // "У меня всё, слава богу, хорошо": a speaker who goes on after a mere comma has not finished.
  const passes = phrase.command === "pass" || match.captured.person === null;
  if (!gap.end) {
    const mayGoOn = phrase.grade === "clear" || phrase.grade === "clause" || takesNoTurn(phrase);
    return !passes && mayGoOn && !lexicon.goesOn.has(tokens[to]?.word ?? "");
  }
  if (phrase.command !== "pass") return true;
  if (phrase.grade === "alone") return false;
  return phrase.grade !== "closing" || limit - to <= LAST_WORDS;
}

/** Tells a request in any order after which its speaker may say why: "Let's stop for a moment, we have guests." */
function takesNoTurn({ command, sequence }: Phrase): boolean {
  return sequence.length === 0 && (command === "pause" || command === "extend" || command === "skip");
}

type Fitting = Pick<FoundEdges, "phrase" | "match">;

/**
 * Tells whether a match is longer than another, or comes to a colon before its text, or is heard better, or names
 * somebody.
 */
function saysMore({ gaps }: SaidWords, one: Match, other: Match): boolean {
  if (one.end !== other.end) return one.end > other.end;
  const [ours, theirs] = [one.captured.text?.from ?? 0, other.captured.text?.from ?? 0];
  if (ours > theirs && gaps[ours]?.colon) return true;
  if (theirs > ours && gaps[theirs]?.colon) return false;
  const named = ({ captured: { person } }: Match) => Number(person !== undefined && person !== null);
  return one.cost === other.cost ? named(one) > named(other) : one.cost < other.cost;
}

/** Finds the longest match at a word, and among equally long ones the one heard best. */
function best(
  ground: MatchGround,
  i: number,
  limit: number,
  fits: (phrase: Phrase, match: Match) => boolean,
): Fitting | null {
  let found: Fitting | null = null;
  const take = (phrase: Phrase, matches: readonly Match[]) => {
    for (const match of matches) {
      if ((!found || saysMore(ground.said, match, found.match)) && fits(phrase, match)) found = { phrase, match };
    }
  };
  for (const { phrase, matches } of phrasesHeard(ground, i, limit)) take(phrase, matches);
  for (const { phrase, match } of heardInAnyOrder(ground, i, limit)) take(phrase, [match]);
  return found;
}

/**
 * Index where the words that lead up to the one at `i` begin. In the middle of a clause only an "and" belongs to the
 * words after it.
 */
function withLeads({ said: { tokens, gaps }, lexicon }: MatchGround, i: number): number {
  let [from, apart] = [i, i];
  for (let leads = 0; leads < MOST_LEADS; leads++) {
    const lead =
      from > 0 ? lexicon.address.lengthBefore(tokens, from) || lexicon.leads.lengthBefore(tokens, from, from) : 0;
    // A lead before a full stop is a sentence of its own, except thanks.
    if (lead === 0 || (gaps[from]?.end && lexicon.thanks.lengthAt(tokens, from - lead) === 0)) break;
    from -= lead;
    if (gaps[from]?.pause) apart = from;
  }
  if (gaps[apart]?.pause) return apart;
  const address = lexicon.address.lengthBefore(tokens, i);
  if (address > 0) return i - address;
  return i - lexicon.joins.lengthBefore(tokens, i, 2);
}
