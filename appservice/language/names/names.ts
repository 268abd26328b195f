import type { ParticipantId } from "../../protocol/identity.ts";
import { visible } from "../../protocol/visible.ts";
import { normalise } from "../normalise.ts";
import { declined, type Case } from "./declension.ts";
import { calledFormsOf, shortFormsOf } from "./diminutives.ts";
import { soundOf } from "./sound.ts";
import { remembered } from "../remembered.ts";

/** A participant named in a text. `person` is null when the name fits several. */
export type NameAt = {
  readonly start: number;
  readonly end: number;
  readonly person: ParticipantId | null;
  readonly cases: readonly Case[];
};

type Named = { readonly id: ParticipantId; readonly name: string };

/** A person that a word may mean, and the grammatical cases in which it would stand. */
export type Form = { readonly person: ParticipantId; readonly cases: readonly Case[] };

export type NameForms = {
  /** First or last name, in any Russian case, and across the two alphabets by sound. */
  readonly of: (word: string) => readonly Form[];
  /** Every form as it is written in its own alphabet. */
  readonly all: ReadonlyMap<string, readonly Form[]>;
};

/** Rings whose names are remembered: each utterance of a meeting is looked through for the same ones. */
const MOST_RINGS = 24;
/** Names whose forms are remembered: most of a ring stay when somebody joins it. */
const MOST_NAMES = 1_000;

/** Lists what the names of people may be heard or written as. Worked out anew only for other people or names. */
export const nameForms: (people: readonly Named[]) => NameForms = remembered(
  (people: readonly Named[]): NameForms => {
    const forms = new Map<string, Form[]>();
    const sounds = new Map<string, Form[]>();
    for (const { id, name } of people) {
      for (const { form, sound, cases } of formsOf(name)) {
        add(forms, form, { person: id, cases });
        if (sound !== null) add(sounds, sound, { person: id, cases });
      }
    }

    return {
      all: forms,
      of: remembered(
        (word: string) => {
          const one = composed(word);
          return forms.get(one) ?? soundsLike(one, sounds);
        },
        (word) => word,
      ),
    };
  },
  (people) => JSON.stringify(people.map(({ id, name }) => [id, name])),
  MOST_RINGS,
);

/** `sound`: null for a form that stands for its spelling alone. */
type FormOfName = { readonly form: string; readonly sound: string | null; readonly cases: readonly Case[] };

const formsOf = remembered(
  (name: string): readonly FormOfName[] =>
    partsOf(name).flatMap((part): FormOfName[] => [
      ...[...declined(part)].map(([form, cases]) => ({ form, sound: soundOf(form), cases })),
      ...calledFormsOf(part).map((form) => ({ form, sound: null, cases: ["nominative" as const] })),
    ]),
  (name) => name,
  MOST_NAMES,
);

/** Finds participants in a text by every form of their names. */
export function nameFinder(people: readonly Named[]): (text: string) => NameAt[] {
  const forms = nameForms(people);
  return (text) => {
    const cased = /\p{Lu}/u.test(text);
    return [...text.matchAll(/\p{L}[\p{L}\p{M}-]*/gu)].flatMap((match): NameAt[] => {
      const word = match[0];
      // "Вера" is a name and "вера" is not; engines that write no capitals get the benefit of the doubt.
      if (cased && !/^\p{Lu}/u.test(word)) return [];
      const found = forms.of(word);
      const persons = new Set(found.map((form) => form.person));
      if (persons.size === 0) return [];
      const person = persons.size === 1 ? found[0]!.person : null;
      return [
        { start: match.index, end: match.index + word.length, person, cases: found.flatMap((form) => form.cases) },
      ];
    });
  };
}

/** Directories and Macs write й and é as two letters each. */
function composed(text: string): string {
  return normalise(visible(text));
}

function partsOf(name: string): string[] {
  const parts = (composed(name).match(/\p{L}[\p{L}\p{M}-]*/gu) ?? []).filter((part) => part.length > 1);
  return [...new Set(parts)].flatMap((part) => [part, ...shortFormsOf(part)]);
}

/** "Том" for Tom, "Boris" for Борис. A Russian ending on a foreign name is taken off. */
function soundsLike(word: string, sounds: ReadonlyMap<string, Form[]>): Form[] {
  const direct = sounds.get(soundOf(normalise(word)));
  if (direct) return direct;
  const ending = /^(\p{Script=Cyrillic}{2,}[^аеиоуыэюяйь])(а|у|ом|е)$/u.exec(normalise(word));
  if (!ending) return [];
  const cases = ({ а: ["genitive", "accusative"], у: ["dative"], ом: ["instrumental"], е: ["prepositional"] } as const)[
    ending[2] as "а" | "у" | "ом" | "е"
  ];
  return (sounds.get(soundOf(ending[1]!)) ?? [])
    .filter((form) => form.cases.includes("nominative"))
    .map(({ person }) => ({ person, cases }));
}

function add(index: Map<string, Form[]>, key: string, form: Form): void {
  const there = index.get(key);
  if (there) there.push(form);
  else index.set(key, [form]);
}
