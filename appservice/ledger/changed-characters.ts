/**
 * Number of characters that must be put in, taken out or replaced to make one text of the other (Levenshtein's
 * distance, by code points), or `most` where it is that or more. Goes along the diagonals, as far on each as so many
 * changes reach (Ukkonen, Landau and Vishkin): a long text with few changes takes a glance, and `most` bounds the rest.
 */
export function changedCharacters(before: string, after: string, most: number): number {
  const [one, other] = withoutCommonEnds(codePoints(before), codePoints(after));
  const end = other.length - one.length;
  if (Math.abs(end) >= most) return most;
  // Place in `one` that is reached on each diagonal; one to the left and right of all is never reached.
  let reached = new Int32Array(2 * most + 3).fill(NOWHERE);
  for (let changes = 0; changes < most; changes++) {
    const next = new Int32Array(2 * most + 3).fill(NOWHERE);
    // With the changes that are left none further off leads back to the end.
    const left = most - 1 - changes;
    for (let diagonal = Math.max(-changes, end - left); diagonal <= Math.min(changes, end + left); diagonal++) {
      const place = alike(one, other, diagonal, changes === 0 ? 0 : afterOneMore(reached, diagonal + most + 1));
      next[diagonal + most + 1] = place;
      if (diagonal === end && place >= one.length) return changes;
    }
    reached = next;
  }
  return most;
}

const NOWHERE = -2;

/** Place that one more change reaches: something replaced, put in, or taken out. */
function afterOneMore(reached: Int32Array, at: number): number {
  const [taken, same, put] = [reached[at + 1] ?? NOWHERE, reached[at] ?? NOWHERE, reached[at - 1] ?? NOWHERE];
  return Math.max(same + 1, put, taken + 1);
}

/** Place up to which both go on alike. */
function alike(one: Int32Array, other: Int32Array, diagonal: number, from: number): number {
  if (from < 0 || from + diagonal < 0) return NOWHERE;
  let place = Math.min(from, one.length, other.length - diagonal);
  const last = Math.min(one.length, other.length - diagonal);
  while (place < last && one[place] === other[place + diagonal]) place++;
  return place;
}

function withoutCommonEnds(one: Int32Array, other: Int32Array): [Int32Array, Int32Array] {
  const shortest = Math.min(one.length, other.length);
  let start = 0;
  while (start < shortest && one[start] === other[start]) start++;
  let end = 0;
  while (end < shortest - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return [one.subarray(start, one.length - end), other.subarray(start, other.length - end)];
}

function codePoints(text: string): Int32Array {
  return Int32Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
}
