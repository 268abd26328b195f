import { BadPhrase, readSlot, type PhraseParts, type Slot, type SlotCase, withParts } from "./phrase.ts";
import { WordList } from "./word-list.ts";

/**
 * One of the things that a clause in any order is made of: words of which one is said, or a place for something said.
 */
export type AnyOrderGroup = {
  readonly needed: boolean;
  readonly words: WordList;
  readonly slots: readonly { readonly slot: Slot; readonly case: SlotCase | null }[];
};

/** Clause in which words stand in any order, each of the needed ones at least once and none but those of its groups. */
export type AnyOrder = {
  readonly groups: readonly AnyOrderGroup[];
  /**
   * Text of a task or a decision follows: after a pause or a colon, where it begins as work does, or where both are so.
   */
  readonly text: "text" | "text after a colon" | "work" | "work apart" | null;
  readonly mayAsk: boolean;
};

const TEXTS: Readonly<Record<string, NonNullable<AnyOrder["text"]>>> = {
  "{text}": "text",
  ": {text}": "text after a colon",
  "{work}": "work",
  ": {work}": "work apart",
};

/** Most groups of a clause: each is a bit of what has been heard. */
export const MOST_GROUPS = 16;

/**
 * Reads "pass|hand + word|floor + [on|over]": groups parted by "+", of which those in brackets may be left out.
 * Throws `BadPhrase` where it does not follow this syntax.
 */
export function anyOrderOf(written: string, parts: PhraseParts): AnyOrder {
  const mayAsk = written.endsWith("?");
  const phrase = mayAsk ? written.slice(0, -1) : written;
  const pieces = withParts(phrase, parts)
    .replace(/[()]/g, "")
    .split("+")
    .map((piece) => piece.trim());
  const last = pieces.at(-1);
  const text = TEXTS[last ?? ""] ?? null;
  const groups = (text ? pieces.slice(0, -1) : pieces).map((piece) => groupOf(piece, written));
  if (groups.length > MOST_GROUPS || !groups.some(({ needed }) => needed))
    throw new BadPhrase(
      `“${written}”: there must be 1 to ${MOST_GROUPS} groups of words, one of them without brackets`,
    );
  return { groups, text, mayAsk };
}

function groupOf(piece: string, written: string): AnyOrderGroup {
  const optional = piece.startsWith("[") && piece.endsWith("]");
  const inner = optional ? piece.slice(1, -1) : piece;
  if (inner.trim() === "" || /[[\]]/.test(inner)) throw new BadPhrase(`“${written}”: ${piece} is no group of words`);
  const all = inner.split("|").map((each) => each.trim());
  return {
    needed: !optional,
    words: new WordList(all.filter((each) => !each.startsWith("{"))),
    slots: all.filter((each) => each.startsWith("{")).map((each) => slotOf(each, written)),
  };
}

function slotOf(part: string, written: string): AnyOrderGroup["slots"][number] {
  const slot = readSlot(part, written);
  if (slot.slot !== "name" && slot.slot !== "number" && slot.slot !== "unit")
    throw new BadPhrase(`“${written}”: ${part} has no place among words in any order`);
  return slot;
}
