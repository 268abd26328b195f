import { normalised } from "../../appservice/scribe/evaluate/normalise.ts";

/** Ends of sentences in a text as it was said, in one as it was written, and how many of them are the same. */
export type SentenceEnds = { readonly said: number; readonly written: number; readonly same: number };

/**
 * Compares where sentences end. The words of both are laid beside one another with as few changes as can be; the end of
 * the whole is not counted, since silence tells it.
 */
export function sentenceEnds(said: string, written: string): SentenceEnds {
  const [one, other] = [ended(said), ended(written)];
  const pairs = aligned(one.words, other.words);
  const same = [...one.ends].filter((end) => other.ends.has(pairs.get(end) ?? -1)).length;
  return { said: one.ends.size, written: other.ends.size, same };
}

/** F1 in per cent of the ends found over all texts. */
export function endsF1(all: readonly SentenceEnds[]): number {
  const sum = (of: (ends: SentenceEnds) => number) => all.reduce((total, each) => total + of(each), 0);
  return (200 * sum(({ same }) => same)) / (sum(({ said }) => said) + sum(({ written }) => written));
}

function ended(text: string): { readonly words: readonly string[]; readonly ends: ReadonlySet<number> } {
  const sentences = text.split(/(?<=[.!?…]["»”')]*)\s+/u).map(normalised);
  const words = sentences.flat();
  let at = 0;
  const ends = sentences.map((sentence) => (at += sentence.length) - 1);
  return { words, ends: new Set(ends.filter((end) => end >= 0 && end < words.length - 1)) };
}

/** Place of each said word among the written ones, by Levenshtein's way; a word that was left out has none. */
function aligned(said: readonly string[], written: readonly string[]): ReadonlyMap<number, number> {
  const costs = [Array.from({ length: written.length + 1 }, (_, at) => at)];
  for (const [line, word] of said.entries()) {
    const [row, next] = [costs[line] ?? [], [line + 1]];
    for (const [at, other] of written.entries())
      next.push(Math.min((row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1, (row[at] ?? 0) + (word === other ? 0 : 1)));
    costs.push(next);
  }
  const pairs = new Map<number, number>();
  let [i, j] = [said.length, written.length];
  while (i > 0 && j > 0) {
    const here = costs[i]?.[j] ?? 0;
    if (here === (costs[i - 1]?.[j - 1] ?? 0) + (said[i - 1] === written[j - 1] ? 0 : 1)) pairs.set(--i, --j);
    else if (here === (costs[i - 1]?.[j] ?? 0) + 1) i--;
    else j--;
  }
  return pairs;
}
