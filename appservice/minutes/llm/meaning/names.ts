import { nameFinder } from "../../../language/names/names.ts";
import type { ParticipantId } from "../../../protocol/identity.ts";
import type { MinutesPerson } from "../../person.ts";
import { words } from "../../text/words.ts";
import { alike, contentOf } from "./content.ts";

/** Something that was said, by whom. */
export type SaidLine = { readonly speaker: ParticipantId; readonly text: string };

export type NamedText = {
  /** The text without the names of participants. */
  readonly rest: string;
  /** Participants in the order named; null where a name fits several. */
  readonly people: readonly (ParticipantId | null)[];
  /** Place of each name in the text. */
  readonly at: readonly { readonly start: number; readonly end: number; readonly person: ParticipantId | null }[];
};

export type Namer = (text: string) => NamedText;

export function namerOf(people: readonly MinutesPerson[]): Namer {
  const find = nameFinder(people);
  return (text) => {
    const at = find(text);
    let rest = "";
    let from = 0;
    for (const { start, end } of at) {
      rest += `${text.slice(from, start)} `;
      from = end;
    }
    return { rest: rest + text.slice(from), people: at.map(({ person }) => person), at };
  };
}

/** Tells whether everybody whom a claim names speaks or is named where it points to. */
export function allThere(claim: NamedText, lines: readonly SaidLine[], namer: Namer): boolean {
  const there = new Set(lines.flatMap(({ speaker, text }) => [speaker, ...namer(text).people]));
  return claim.people.every((person) => there.has(person));
}

/**
 * A capital in the middle of a sentence, in a word that nobody said: somebody or something that was never spoken of.
 */
export function namesStranger(rest: string, lines: readonly SaidLine[]): boolean {
  const said = contentOf(lines.map(({ text }) => text).join(" "));
  const spoken = new Set(lines.flatMap(({ text }) => words(text)));
  return [...rest.replace(/\s+/g, " ").matchAll(/(?<=[\p{L}\p{N},;:)] )\p{Lu}\p{L}+/gu)].some(([word]) =>
    contentOf(word).some((one) => !spoken.has(one.word) && !said.some((other) => alike(one, other))),
  );
}
