/** How far what was written is from what was said, in words: insertions, deletions and substitutions. */
export function wordErrors(said: string, written: string): { errors: number; words: number } {
  const reference = wordsOf(said);
  const found = wordsOf(written);
  let row = Array.from({ length: found.length + 1 }, (_, at) => at);
  for (const [line, word] of reference.entries()) {
    const next = [line + 1];
    for (const [at, other] of found.entries()) {
      next.push(Math.min((row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1, (row[at] ?? 0) + (word === other ? 0 : 1)));
    }
    row = next;
  }
  return { errors: row[found.length] ?? 0, words: reference.length };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().replaceAll("ё", "е").replace(/[^\p{L}\p{N}\s]/gu, " ").split(/\s+/).filter(Boolean);
}
