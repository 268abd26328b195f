/** Separation of two words, by the marks between them. */
export type Gap = {
  /** A sentence ends here. */
  readonly end: boolean;
  readonly question: boolean;
  /** A clause ends here, with a comma, a dash or a colon. */
  readonly pause: boolean;
  readonly colon: boolean;
  /** A quotation begins or ends here. */
  readonly quote: boolean;
};

/** A word as it is compared (small letters, е for ё, no apostrophes), with its place in the text. */
export type Token = {
  readonly word: string;
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  /** Place where the sounds and fillers before it begin, if they were left out. */
  readonly fillersFrom?: number;
};

/** `gaps[i]` stands before the word `i`, the last one after all words. */
export type SaidWords = { readonly text: string; readonly tokens: readonly Token[]; readonly gaps: readonly Gap[] };

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}\p{M}]+)*/gu;

export function tokenise(given: string): SaidWords {
  const text = given.normalize("NFC");
  const tokens = [...text.matchAll(WORD)].map(
    (match): Token => ({
      word: comparable(match[0]),
      raw: match[0],
      start: match.index,
      end: match.index + match[0].length,
    }),
  );
  const gaps = Array.from({ length: tokens.length + 1 }, (_, i) =>
    gapOf(text.slice(tokens[i - 1]?.end ?? 0, tokens[i]?.start ?? text.length), i === 0, i === tokens.length),
  );
  return { text, tokens, gaps };
}

export function comparable(word: string): string {
  return word.normalize("NFC").toLowerCase().replaceAll("ё", "е").replace(/['’]/g, "");
}

function gapOf(between: string, first: boolean, last: boolean): Gap {
  // A full stop within "2.5" or "т.е." ends nothing.
  const end = first || last || /[.!?…]["»”)]*\s/.test(between);
  const pause = end || /[,;:—–]|(?:^|\s)-\s/.test(between);
  return { end, question: between.includes("?"), pause, colon: between.includes(":"), quote: /["«»“”„]/.test(between) };
}

/** True where the engine writes no punctuation at all, so that its absence says nothing. */
export function isUnpunctuated({ gaps, text }: SaidWords): boolean {
  return !/[.!?…]["»”)]*\s*$/.test(text) && !gaps.slice(1, -1).some(({ pause }) => pause);
}

/** Index of the word with which the sentence of word `i` begins. */
export function sentenceStart({ gaps }: SaidWords, i: number): number {
  let start = i;
  while (start > 0 && !gaps[start]?.end) start--;
  return start;
}

/** Index after the last word of the sentence of word `i`. */
export function sentenceEnd({ gaps, tokens }: SaidWords, i: number): number {
  let end = i + 1;
  while (end < tokens.length && !gaps[end]?.end) end++;
  return end;
}
