import { type Run, runOf } from "./likeness.ts";
import { comparable } from "./tokens.ts";
import { ServiceError } from "../../protocol/mindminder-error.ts";

export const SLOTS = ["name", "someone", "number", "unit", "text", "work"] as const;
export type Slot = (typeof SLOTS)[number];

export type SlotCase = "nominative" | "genitive" | "dative";

/** A piece of a phrase: words as they are, a place for something said, or a pause. */
export type Element =
  | { readonly kind: "words"; readonly run: Run }
  | { readonly kind: "slot"; readonly slot: Slot; readonly case: SlotCase | null }
  | { readonly kind: "pause" };

export type Sequence = readonly Element[];

/** Thrown for a phrase that does not follow its own syntax; the message says where. */
export class BadPhrase extends ServiceError {
  constructor(message: string) {
    super("BAD_PHRASE", message);
  }
}

/** Pieces of phrases that stand in many of them, by name. */
export type PhraseParts = Readonly<Record<string, string>>;

/**
 * Lists every way to say a phrase: `[a|b]` may be there, `(a|b)` must be, and `<name>` stands for a part of that name.
 */
export function sequencesOf(phrase: string, named: PhraseParts = {}): Sequence[] {
  const parts =
    withParts(phrase, named)
      .replaceAll("-", " ")
      .match(/[[\]()|:]|\{[^{}]*\}|[^\s[\]()|:{}]+/g) ?? [];
  let at = 0;

  function alternatives(close: string | null): Sequence[] {
    const found: Sequence[] = [];
    let rows: Sequence[] = [[]];
    for (;;) {
      const part = parts[at++];
      if (part === undefined || part === "]" || part === ")") {
        if ((part ?? null) !== close)
          throw new BadPhrase(`“${phrase}”: ${close ? `a ${close} is missing` : `there is a ${part} too many`}`);
        return [...found, ...rows];
      }
      if (part === "|") {
        found.push(...rows);
        rows = [[]];
      } else if (part === "[" || part === "(") {
        const inner = alternatives(part === "[" ? "]" : ")");
        rows = rows.flatMap((row) => [...(part === "[" ? [row] : []), ...inner.map((more) => [...row, ...more])]);
      } else {
        const element = elementOf(part, phrase);
        rows = rows.map((row) => [...row, element]);
      }
    }
  }

  return alternatives(null)
    .map(joined)
    .filter((sequence) => sequence.length > 0);
}

const DEEPEST = 5;
const LONGEST = 20_000;

/** Puts the parts in the place of their names; a part may name others. */
export function withParts(phrase: string, named: PhraseParts): string {
  let whole = phrase;
  for (let depth = 0; whole.includes("<"); depth++) {
    if (depth === DEEPEST || whole.length > LONGEST)
      throw new BadPhrase(`“${phrase}”: its parts name one another too often`);
    whole = whole.replace(/<[^<>]*>?/g, (name) => {
      const part = named[name.slice(1, -1)];
      if (part === undefined) throw new BadPhrase(`“${phrase}”: there is no part called ${name}`);
      return `(${part})`;
    });
  }
  return whole;
}

function elementOf(part: string, phrase: string): Element {
  if (part === ":") return { kind: "pause" };
  if (!part.startsWith("{")) return { kind: "words", run: runOf([comparable(part)]) };
  return { kind: "slot", ...readSlot(part, phrase) };
}

/** Reads "{name:dative}". Throws `BadPhrase` where there is no such place, or no such case. */
export function readSlot(part: string, phrase: string): { readonly slot: Slot; readonly case: SlotCase | null } {
  const [slot, theCase] = part.slice(1, -1).split(":");
  const known = SLOTS.find((each) => each === slot);
  if (!known)
    throw new BadPhrase(
      `“${phrase}”: there is no place called ${part}; there are ${SLOTS.map((each) => `{${each}}`).join(", ")}`,
    );
  if (theCase !== undefined && theCase !== "nominative" && theCase !== "genitive" && theCase !== "dative")
    throw new BadPhrase(`“${phrase}”: there is no case called ${theCase}`);
  return { slot: known, case: theCase ?? null };
}

/** Joins words side by side into one run to compare, so that a space too many or too few does not matter. */
function joined(sequence: Sequence): Sequence {
  const whole: Element[] = [];
  for (const element of sequence) {
    const last = whole.at(-1);
    if (last?.kind === "words" && element.kind === "words")
      whole[whole.length - 1] = { kind: "words", run: runOf([...last.run.words, ...element.run.words]) };
    else whole.push(element);
  }
  return whole;
}
