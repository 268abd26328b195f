import type { ParticipantId } from "../../protocol/identity.ts";
import type { AnyOrderPhrase, Compiled, Phrase } from "./compiled.ts";
import { distance, type Run, runOf } from "./likeness.ts";
import type { NamesHeard } from "./names-heard.ts";
import type { Element, Slot } from "./phrase.ts";
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
  /** Phrases of which the first words stand at a word, once they have been looked for: a few of thousands. */
  readonly begun: Map<number, readonly Phrase[]>;
  /** Words side by side as they were heard, once they have been compared with a phrase. */
  readonly heard: Map<number, Run>;
  /** Clauses in any order that may be heard from a word on, once they have been looked for. */
  readonly inAnyOrder: Map<number, readonly HeardInAnyOrder[]>;
};

/** Clause in any order with one of the ends at which it has said all it needs. */
export type HeardInAnyOrder = { readonly phrase: AnyOrderPhrase; readonly match: Match };

/** Limit above the words of any phrase. */
const MOST_HEARD = 64;

/** Lists the phrases that may be heard from word `i` on. Where a limit is set behind it, some of them are not heard. */
export function phrasesBegunAt(ground: MatchGround, i: number): readonly Phrase[] {
  const known = ground.begun.get(i);
  if (known) return known;
  const {
    said: { tokens },
    lexicon,
  } = ground;
  const start: Match = { end: i, cost: 0, captured: {} };
  const begun = lexicon
    .phrasesAt(tokens, i)
    .filter(
      ({ sequence: [first] }) =>
        first?.kind !== "words" || runOfWords(ground, first.run, start, tokens.length).length > 0,
    );
  ground.begun.set(i, begun);
  return begun;
}

/** Lists every way in which a phrase can be heard from word `i` on, within the words before `limit`. */
export function matchesAt(ground: MatchGround, phrase: Phrase, i: number, limit: number): Match[] {
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
        ? [{ ...match, end: end + number.words, captured: { ...captured, number: number.value } }]
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

/** Matches as many words as the phrase has, or one more or less where the engine parted or joined them. */
function runOfWords({ said, lexicon, heard: kept }: MatchGround, run: Run, match: Match, limit: number): Match[] {
  return [run.words.length, run.words.length - 1, run.words.length + 1].flatMap((length): Match[] => {
    const end = match.end + length;
    if (length < 1 || end > limit) return [];
    for (let i = match.end + 1; i < end; i++) if (said.gaps[i]?.end || said.gaps[i]?.quote) return [];
    const heard = heardFrom({ said, heard: kept }, match.end, length);
    const cost = distance(heard, run);
    const negated = cost && heard.words.some((word) => lexicon.negations.has(word) && !run.words.includes(word));
    return cost === null || negated ? [] : [{ ...match, end, cost: match.cost + cost }];
  });
}

function heardFrom({ said, heard }: Pick<MatchGround, "said" | "heard">, from: number, length: number): Run {
  const key = from * MOST_HEARD + length;
  const known = heard.get(key);
  if (known) return known;
  const run = runOf(said.tokens.slice(from, from + length).map(({ word }) => word));
  heard.set(key, run);
  return run;
}

/** Takes the text of a task or a decision, which goes on to the end of its sentence. */
export function textFrom({ said, lexicon, names }: MatchGround, phrase: Phrase, match: Match, limit: number): Match[] {
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
  return [{ ...match, end: to, captured: { ...match.captured, text: { from, to } } }];
}
