/**
 * Number of characters that must be put in, taken out or replaced to make one text of the other (Levenshtein's
 * distance, by code points), or `most` where it is that or more. Only places within `most` of the diagonal are looked
 * at, so that a long text takes no long time.
 */
export function changedCharacters(before: string, after: string, most: number): number {
  const [one, other] = withoutCommonEnds([...before], [...after]);
  if (Math.abs(one.length - other.length) >= most) return most;
  if (one.length === 0 || other.length === 0) return Math.max(one.length, other.length);
  let row = Array.from({ length: other.length + 1 }, (_, column) => Math.min(column, most));
  for (const [i, letter] of one.entries()) {
    const from = Math.max(1, i + 1 - most);
    const until = Math.min(other.length, i + 1 + most);
    const next = new Array<number>(other.length + 1).fill(most);
    if (from === 1) next[0] = Math.min(i + 1, most);
    for (let column = from; column <= until; column++) {
      const replaced = (row[column - 1] ?? most) + (letter === other[column - 1] ? 0 : 1);
      const changed = Math.min(replaced, (row[column] ?? most) + 1, (next[column - 1] ?? most) + 1);
      next[column] = Math.min(changed, most);
    }
    if (Math.min(...next.slice(from - 1, until + 1)) >= most) return most;
    row = next;
  }
  return row[other.length] ?? most;
}

function withoutCommonEnds(one: readonly string[], other: readonly string[]): [string[], string[]] {
  const shortest = Math.min(one.length, other.length);
  let start = 0;
  while (start < shortest && one[start] === other[start]) start++;
  let end = 0;
  while (end < shortest - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
}
