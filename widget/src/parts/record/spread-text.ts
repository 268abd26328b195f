/** A word and where it stands. */
type Word = { readonly text: string; readonly from: number; readonly to: number };

/** Most pairs of words that are compared; a longer text is shared out by its length. */
const MOST_PAIRS = 4_000_000;

/**
 * A turn is heard in pieces and corrected as one text: shares out the text over the pieces again. A word that stayed
 * stays in its piece, and what is new goes where that stood which it replaces. Put together the pieces are the text,
 * word for word.
 */
export function spreadText(pieces: readonly string[], text: string): string[] {
  const before = pieces.flatMap((piece, index) => wordsOf(piece).map((word) => ({ word: word.text, piece: index })));
  const after = wordsOf(text);
  const owners = ownersOf(
    before,
    after.map((word) => word.text),
  );
  return pieces.map((_, index) => {
    const own = after.filter((__, at) => owners[at] === index);
    const [first, last] = [own[0], own.at(-1)];
    return first && last ? text.slice(first.from, last.to) : "";
  });
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(/\S+/gu)].map((found) => ({
    text: found[0],
    from: found.index,
    to: found.index + found[0].length,
  }));
}

/** For each new word the piece that it belongs to; never an earlier one than the word before it. */
function ownersOf(
  before: readonly { readonly word: string; readonly piece: number }[],
  after: readonly string[],
): number[] {
  const old = before.map(({ word }) => word);
  const owners: number[] = [];
  let [oldAt, newAt] = [0, 0];
  for (const [oldWord, newWord] of [...sameWords(old, after), [old.length, after.length] as const]) {
    const [gone, come] = [oldWord - oldAt, newWord - newAt];
    for (let step = 0; step < come; step++) {
      // A word that replaces none belongs to the piece before it.
      const place = gone > 0 ? oldAt + Math.min(gone - 1, Math.floor((step * gone) / come)) : Math.max(0, oldAt - 1);
      owners.push(before[place]?.piece ?? 0);
    }
    if (newWord < after.length) owners.push(before[oldWord]?.piece ?? 0);
    [oldAt, newAt] = [oldWord + 1, newWord + 1];
  }
  return owners;
}

/** Pairs of places at which the same word stands in both: as many as can be had in one order. */
function sameWords(old: readonly string[], now: readonly string[]): (readonly [number, number])[] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  )
    end++;
  const middle = longestCommon(old.slice(start, old.length - end), now.slice(start, now.length - end));
  return [
    ...Array.from({ length: start }, (_, at) => [at, at] as const),
    ...middle.map(([one, other]) => [one + start, other + start] as const),
    ...Array.from({ length: end }, (_, at) => [old.length - end + at, now.length - end + at] as const),
  ];
}

function longestCommon(old: readonly string[], now: readonly string[]): (readonly [number, number])[] {
  const width = now.length + 1;
  if ((old.length + 1) * width > MOST_PAIRS) return [];
  const most = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => most[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--)
      most[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < old.length && j < now.length; ) {
    if (old[i] === now[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
