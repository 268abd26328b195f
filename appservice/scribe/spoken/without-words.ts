import type { Gap, SaidWords, Token } from "./tokens.ts";
import type { WordList } from "./word-list.ts";

/** Same words without some of them, as if they had not been said; a word knows where those left out before it began. */
export function without(said: SaidWords, left: WordList): SaidWords {
  const tokens: Token[] = [];
  const gaps: Gap[] = [];
  let gap: Gap | null = null;
  let fillersFrom: number | undefined;
  for (let i = 0; i < said.tokens.length; ) {
    const token = said.tokens[i]!;
    gap = widened(gap, said.gaps[i]!);
    const length = left.lengthAt(said.tokens, i);
    if (length > 0) {
      fillersFrom ??= token.fillersFrom ?? token.start;
      i += length;
      continue;
    }
    tokens.push(fillersFrom === undefined ? token : { ...token, fillersFrom });
    gaps.push(gap);
    [gap, fillersFrom] = [null, undefined];
    i++;
  }
  return { text: said.text, tokens, gaps: [...gaps, widened(gap, said.gaps.at(-1)!)] };
}

function widened(one: Gap | null, other: Gap): Gap {
  if (!one) return other;
  return {
    end: one.end || other.end,
    question: one.question || other.question,
    pause: one.pause || other.pause,
    colon: one.colon || other.colon,
    quote: one.quote || other.quote,
  };
}
