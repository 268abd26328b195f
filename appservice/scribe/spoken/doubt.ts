import type { Compiled } from "./compiled.ts";
import { type SaidWords, sentenceStart } from "./tokens.ts";

/**
 * Tells whether a command that was found between words `from` and `to` is quoted, spoken about, or made to depend on
 * something. The words of another command after it do not speak about it: "I'm done, let the next one speak".
 */
export function isSpokenAbout(
  said: SaidWords,
  lexicon: Compiled,
  from: number,
  to: number,
  followed: "by speech" | "by a command" = "by speech",
): boolean {
  const reported = isReported(said, lexicon, from, followed === "by speech" ? to : said.tokens.length);
  return isQuoted(said, from, to) || reported || isConditional(said, lexicon, from);
}

function isQuoted({ text, tokens, gaps }: SaidWords, from: number, to: number): boolean {
  for (let i = from; i <= to; i++) if (gaps[i]?.quote) return true;
  const before = text.slice(0, tokens[from]?.start ?? 0);
  const count = (marks: RegExp) => before.match(marks)?.length ?? 0;
  return count(/[«“„]/g) > count(/[»”]/g) || count(/"/g) % 2 === 1;
}

const NEAR = 3;
const FAR = 9;
/** Words before a command within which "usually" or "not" is of its own clause, and not of the one before. */
const WITHIN = 3;

/** Finds reported speech: "He said: I pass the word", "come back to me later, said the doctor". */
function isReported(said: SaidWords, { reporting, therefore }: Compiled, from: number, to: number): boolean {
  const { tokens, gaps } = said;
  const start = sentenceStart(said, from);
  // Words after a colon are what somebody says, or how something is called.
  if (gaps[from]?.colon && from > start) return true;
  const reach = gaps[from]?.pause ? 2 : NEAR;
  // "Kim has said a lot, so over to Tom."
  const concludes = gaps[from]?.pause && therefore.lengthAt(tokens, from) > 0;
  if (!concludes && reporting.within(tokens, Math.max(start, from - reach), from)) return true;
  let end = to;
  while (end < tokens.length && end < to + NEAR && !gaps[end]?.end) end++;
  return reporting.within(tokens, to, end);
}

/**
 * Finds conditions, as in "When I am done, I pass the word": the clause just before makes it a matter of some other
 * time.
 */
function isConditional(said: SaidWords, { conditions, harmless, leads }: Compiled, from: number): boolean {
  const { tokens, gaps } = said;
  const start = sentenceStart(said, from);
  if (from === start) return false;
  let clause = from - 1;
  while (clause > start && !gaps[clause]?.pause) clause--;
  for (
    let lead = leads.lengthAt(tokens, clause);
    lead > 0 && clause + lead < from;
    lead = leads.lengthAt(tokens, clause)
  ) {
    if (conditions.lengthAt(tokens, clause) > 0) break;
    clause += lead;
  }
  return conditions.lengthAt(tokens, clause) > 0 && harmless.lengthAt(tokens, clause) === 0;
}

/** Tells whether a command may follow earlier words without a comma: nothing among them may take hold of it. */
export function mayRunOn(said: SaidWords, lexicon: Compiled, from: number, least: number): boolean {
  const { tokens, gaps } = said;
  let clause = from;
  while (clause > 0 && !gaps[clause]?.pause) clause--;
  if (from - clause < least || lexicon.binds.has(tokens[from - 1]?.word ?? "")) return false;
  const holds = (list: Compiled["spoils"], reach: number) => list.within(tokens, Math.max(clause, from - reach), from);
  return !(
    holds(lexicon.reporting, FAR) ||
    holds(lexicon.conditions, FAR) ||
    holds(lexicon.spoils, WITHIN) ||
    holds(lexicon.negations, WITHIN)
  );
}

/**
 * Tells whether the words before the pause are unfinished: a command after it may be only the rest of their sentence.
 */
export function hangsOver(before: SaidWords | null, lexicon: Compiled): boolean {
  if (!before) return false;
  const { tokens, text } = before;
  const last = tokens.at(-1)?.word ?? "";
  if (lexicon.negations.has(last) || lexicon.binds.has(last)) return true;
  const ended = /[.!?]["»”)]*\s*$/.test(text) && !/\.\.\.\s*$/.test(text);
  return !ended && lexicon.reporting.within(tokens, tokens.length - NEAR, tokens.length);
}
