/** Things of two lists that are the same in other words: the most alike come together first, and each once. */
export function pairsOf<A, B>(
  ones: readonly A[],
  others: readonly B[],
  likenessOf: (one: A, other: B) => number | null,
): Map<A, B> {
  const all = ones.flatMap((one) =>
    others.flatMap((other) => {
      const likeness = likenessOf(one, other);
      return likeness === null ? [] : [{ one, other, likeness }];
    }),
  );
  const [pairs, taken] = [new Map<A, B>(), new Set<B>()];
  for (const { one, other } of all.sort((a, b) => b.likeness - a.likeness)) {
    if (pairs.has(one) || taken.has(other)) continue;
    pairs.set(one, other);
    taken.add(other);
  }
  return pairs;
}

/** Share of the pairs of letters that two texts have in common, from 0 to 1: a misheard word keeps most of its own. */
export function likeness(one: string, other: string): number {
  const [ours, theirs] = [letterPairs(one), letterPairs(other)];
  const common = [...ours].filter((pair) => theirs.has(pair)).length;
  return ours.size + theirs.size === 0 ? 0 : (2 * common) / (ours.size + theirs.size);
}

function letterPairs(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.flatMap((word) => {
      const letters = [...word];
      return letters.length === 1 ? letters : letters.slice(1).map((letter, before) => `${letters[before]}${letter}`);
    }),
  );
}
