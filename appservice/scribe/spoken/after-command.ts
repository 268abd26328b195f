import type { Match, MatchGround } from "./match.ts";

/** Tells whether nothing but thanks follows a command up to the limit. */
export function closes(ground: MatchGround, match: Match, limit: number): boolean {
  return afterThanks(ground, match, limit) === limit;
}

/**
 * Index after the thanks that follow a command, as far as a pause follows them: the "so" of "Let's resume. So the
 * budget" begins what is said next. Thanks after the text of a task are said to the circle.
 */
export function afterThanks(
  { said: { tokens, gaps }, lexicon }: MatchGround,
  { end, captured }: Match,
  limit: number,
): number {
  if (captured.text) return end;
  const more = (at: number) =>
    lexicon.thanks.lengthAt(tokens, at) ||
    lexicon.address.lengthAt(tokens, at) ||
    (gaps[at]?.pause ? lexicon.tags.lengthAt(tokens, at) : 0);
  let [to, apart] = [end, end];
  for (let thanks = more(to); thanks > 0 && to + thanks <= limit; thanks = more(to)) {
    to += thanks;
    if (gaps[to]?.pause || to === limit) apart = to;
  }
  // "Thanks that you listened" says more than thanks, and belongs to the next sentence.
  return gaps[end]?.end && !gaps[apart]?.end ? end : apart;
}
