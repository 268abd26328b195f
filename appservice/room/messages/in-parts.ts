/**
 * Text of one message. An event holds 65,536 bytes (Client-Server API, "Size limits"); the text stands in it three
 * times (plain, HTML, data), in two bytes a letter for Russian.
 */
const MOST_LETTERS = 5_000;

/** Things in parts that fit into a message each, in order; at least one part. */
export function inParts<T>(things: readonly T[], lettersOf: (thing: T) => number): T[][] {
  const parts: T[][] = [[]];
  let letters = 0;
  for (const thing of things) {
    letters += lettersOf(thing);
    if (letters > MOST_LETTERS && parts.at(-1)?.length) {
      parts.push([]);
      letters = lettersOf(thing);
    }
    parts.at(-1)?.push(thing);
  }
  return parts;
}
