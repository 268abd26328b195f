/** Address with its scheme, or a name with a path: nothing in it ends a sentence or names a day. */
const LINK =
  /(?:https?:\/\/|(?<![\p{L}\p{N}])www\.|(?<![\p{L}\p{N}@/.-])(?:[\p{L}\p{N}-]{1,63}\.){1,4}\p{L}{2,24}\/)[^\s<>"«»“”]{1,2000}/giu;
/** Signs behind a link that belong to the sentence; a question mark may begin a query. */
const CLOSING = /[.,;:!…)\]'’]$/u;
/**
 * Letters of no alphabet and no meaning (Unicode, "Private Use Area"): one that tells which link it is, and one that
 * makes it as long.
 */
const FIRST = 0xe000;
const MOST = 1_000;
const REST = String.fromCharCode(FIRST + MOST);
const STANDING_FOR = new RegExp(`[\\u{${FIRST.toString(16)}}-\\u{${(FIRST + MOST - 1).toString(16)}}]${REST}*`, "gu");

export type WithoutLinks = {
  /** Text as long as before, with something else in the place of each link. */
  readonly text: string;
  /** Returns a piece of that text, with its links. */
  readonly restored: (piece: string) => string;
};

export function withoutLinks(text: string): WithoutLinks {
  const links: string[] = [];
  const without = text.replace(LINK, (found, at: number) => {
    let link = found;
    // An exclamation mark ended no sentence where the sentence goes on.
    const goesOn = found.endsWith("!") && /^\s\p{Ll}/u.test(text.slice(at + found.length, at + found.length + 2));
    while (!goesOn && CLOSING.test(link) && !(link.endsWith(")") && link.includes("("))) link = link.slice(0, -1);
    if (links.length >= MOST) return found;
    links.push(link);
    return String.fromCharCode(FIRST + links.length - 1) + REST.repeat(link.length - 1) + found.slice(link.length);
  });
  return {
    text: without,
    restored: (piece) =>
      piece.replace(STANDING_FOR, (run) => links[run.charCodeAt(0) - FIRST]?.slice(0, run.length) ?? run),
  };
}
