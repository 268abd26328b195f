import type { ParticipantId } from "../../protocol/identity.ts";
import type { AnyOrderPhrase, Compiled, Phrase } from "./compiled.ts";
import { distance, type Run, runOf } from "./likeness.ts";
import type { NamesHeard } from "./names-heard.ts";
import type { Element, Slot } from "./phrase.ts";
import { ownerOf } from "./owner-of-task.ts";
import { type SaidWords, sentenceEnd } from "./tokens.ts";

/** Values that stood in the places of a phrase. */
export type Captured = {
  /** Null where a name was said that fits nobody, or several. */
  readonly person?: ParticipantId | null;
  readonly number?: number;
  readonly seconds?: number;
  readonly text?: { readonly from: number; readonly to: number };
};

export type Match = { readonly end: number; readonly cost: number; readonly captured: Captured };

export type MatchGround = {
  readonly said: SaidWords;
  readonly lexicon: Compiled;
  readonly names: NamesHeard;
  /** Phrases that may be heard from a word on, once they have been looked for: a few of thousands. */
  readonly begun: Map<number, Begun>;
  /** Words side by side as they were heard, once they have been compared with a phrase. */
  readonly heard: Map<number, Run>;
  /** Clauses in any order that may be heard from a word on, once they have been looked for. */
  readonly inAnyOrder: Map<number, readonly HeardInAnyOrder[]>;
  /** Clauses in any order that were looked at, and whether all that they need is said somewhere. */
  readonly possible: Map<AnyOrderPhrase, boolean>;
};

/** Phrase with every way in which it can be heard. */
type HeardPhrase = { readonly phrase: Phrase; readonly matches: readonly Match[] };

/** Phrases at a word: heard as they are wherever the limit is, or with a text that goes on as far as that. */
type Begun = { readonly heard: readonly HeardPhrase[]; readonly withText: readonly Phrase[] };

/** Clause in any order with one of the ends at which it has said all it needs. */
export type HeardInAnyOrder = { readonly phrase: AnyOrderPhrase; readonly match: Match };

const MINUTE_S = 60;
/** Number from which on "a minute thirty" means seconds, not minutes. */
const LEAST_SECONDS = 20;

/** Takes a number of units; after a minute, of seconds besides. */
export function withNumber(captured: Captured, number: number): Captured {
  return captured.seconds === MINUTE_S && number >= LEAST_SECONDS
    ? { ...captured, seconds: MINUTE_S + number }
    : { ...captured, number };
}

/** Limit above the words of any phrase. */
const MOST_HEARD = 64;

/** Lists the phrases that are heard from word `i` on, within the words before `limit`. */
export function phrasesHeard(ground: MatchGround, i: number, limit: number): HeardPhrase[] {
  const { heard, withText } = begunAt(ground, i);
  const within = heard.map(({ phrase, matches }) => ({ phrase, matches: matches.filter(({ end }) => end <= limit) }));
  return [...within, ...withText.map((phrase) => ({ phrase, matches: matchesAt(ground, phrase, i, limit) }))];
}

/** Remembers what is heard from a word on: it is asked for once for each limit. */
function begunAt(ground: MatchGround, i: number): Begun {
  const known = ground.begun.get(i);
  if (known) return known;
  const { tokens } = ground.said;
  const start: Match = { end: i, cost: 0, captured: {} };
  const heard: HeardPhrase[] = [];
  const withText: Phrase[] = [];
  for (const phrase of ground.lexicon.phrasesAt(tokens, i)) {
    const [first] = phrase.sequence;
    // Most phrases end here, at their first words.
    if (!first || stepOver(ground, phrase, first, start, tokens.length).length === 0) continue;
    if (takesText(phrase)) withText.push(phrase);
    else {
      const matches = matchesAt(ground, phrase, i, tokens.length);
      if (matches.length > 0) heard.push({ phrase, matches });
    }
  }
  const begun = { heard, withText };
  ground.begun.set(i, begun);
  return begun;
}

function takesText({ sequence }: Phrase): boolean {
  return sequence.some((element) => element.kind === "slot" && isText(element.slot));
}

/** Lists every way in which a phrase can be heard from word `i` on, within the words before `limit`. */
function matchesAt(ground: MatchGround, phrase: Phrase, i: number, limit: number): Match[] {
  let found: Match[] = [{ end: i, cost: 0, captured: {} }];
  for (const [place, element] of phrase.sequence.entries()) {
    found = found.flatMap((match) =>
      place > 0 && !mayFollow(ground.said, element, match.end) ? [] : stepOver(ground, phrase, element, match, limit),
    );
    if (found.length === 0) return [];
  }
  return found;
}

/**
 * Tells whether an element may follow a gap: an engine may end the sentence before a name, or after "Task"; nowhere
 * else within a phrase.
 */
function mayFollow({ gaps }: SaidWords, element: Element, at: number): boolean {
  const gap = gaps[at];
  if (!gap || gap.quote || gap.question) return false;
  return (
    !gap.end ||
    element.kind === "pause" ||
    (element.kind === "slot" && (element.slot === "name" || isText(element.slot)))
  );
}

function isText(slot: Slot): boolean {
  return slot === "text" || slot === "work";
}

function stepOver(ground: MatchGround, phrase: Phrase, element: Element, match: Match, limit: number): Match[] {
  if (element.kind === "words") return runOfWords(ground, element.run, match, limit);
  if (element.kind === "pause") return ground.said.gaps[match.end]?.pause ? [match] : [];
  const {
    said: { tokens },
    lexicon,
    names,
  } = ground;
  const { end, captured } = match;
  switch (element.slot) {
    case "name":
      return names.at(end, limit, element.case).map(({ words, person, cost }) => ({
        end: end + words,
        cost: match.cost + cost,
        captured: { ...captured, person },
      }));
    case "someone":
      return names
        .strangerAt(end, limit, lexicon)
        .map((words) => ({ end: end + words, cost: match.cost + 1, captured: { ...captured, person: null } }));
    case "number": {
      const number = lexicon.numberAt(tokens, end);
      return number && end + number.words <= limit
        ? [{ ...match, end: end + number.words, captured: withNumber(captured, number.value) }]
        : [];
    }
    case "unit": {
      const unit = lexicon.unitAt(tokens, end);
      return unit && end + unit.words <= limit
        ? [{ ...match, end: end + unit.words, captured: { ...captured, seconds: unit.value } }]
        : [];
    }
    case "text":
      return textFrom(ground, phrase, match, limit);
    case "work":
      return lexicon.workBegins.lengthAt(tokens, end) > 0 ? textFrom(ground, phrase, match, limit) : [];
  }
}

/** Words that a run may have more than its phrase: the engine parts a word in two, or joins two. */
const PARTED = [0, -1, 1] as const;

/** Matches as many words as the phrase has, or one more or less where the engine parted or joined them. */
function runOfWords({ said, lexicon, heard: kept }: MatchGround, run: Run, match: Match, limit: number): Match[] {
  const found: Match[] = [];
  for (const more of PARTED) {
    const length = run.words.length + more;
    const end = match.end + length;
    if (length < 1 || end > limit) continue;
    const heard = heardFrom({ said, heard: kept }, match.end, length);
    const cost = distance(heard, run);
    if (cost === null || isBroken(said, match.end, end)) continue;
    const isOther = (word: string) => lexicon.negations.has(word) || lexicon.unlike.has(word);
    if (cost && heard.words.some((word) => isOther(word) && !run.words.includes(word))) continue;
    found.push({ ...match, end, cost: match.cost + cost });
  }
  return found;
}

/** Tells whether a sentence ends, or a quotation begins, between the words of a stretch. */
function isBroken({ gaps }: SaidWords, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (gaps[i]?.end || gaps[i]?.quote) return true;
  return false;
}

function heardFrom({ said, heard }: Pick<MatchGround, "said" | "heard">, from: number, length: number): Run {
  const key = from * MOST_HEARD + length;
  const known = heard.get(key);
  if (known) return known;
  const run = runOf(said.tokens.slice(from, from + length).map(({ word }) => word));
  heard.set(key, run);
  return run;
}

/** Takes the text of a task or a decision, which goes on to the end of its sentence, and whose it says the task is. */
export function textFrom(ground: MatchGround, phrase: Phrase, match: Match, limit: number): Match[] {
  const { said, lexicon, names } = ground;
  const { end: from } = match;
  const gap = said.gaps[from];
  const word = said.tokens[from]?.word;
  if (!gap || word === undefined || from >= limit) return [];
  const to = Math.min(limit, sentenceEnd(said, from));
  if (said.gaps[to]?.question) return [];
  if (!gap.colon && lexicon.notText.has(word)) return [];
  // "Задача, конечно, непростая": after a mere comma the text has to look like something to do.
  const looksLikeWork =
    lexicon.taskBegins.empty || lexicon.taskBegins.has(word) || names.at(from, limit, "nominative").length > 0;
  if (phrase.command === "task" && phrase.grade !== "clause" && gap.pause && !gap.end && !gap.colon && !looksLikeWork)
    return [];
  const owned =
    phrase.command === "task" && match.captured.person === undefined ? ownerOf(ground, from, to, limit) : null;
  const captured = owned
    ? { ...match.captured, person: owned.person, text: { from: owned.from, to: owned.to } }
    : { ...match.captured, text: { from, to } };
  return [{ ...match, end: owned?.end ?? to, captured }];
}
