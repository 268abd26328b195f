import type { Shown } from "../../../appservice/protocol/agreement.ts";
import type { PersonSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import { personId } from "../../support/protocol/ids.ts";

const NAMES = [
  "Anna Petrova",
  "Boris",
  "Chiara Rossi",
  "Дмитрий Волков",
  "Eve",
  "Farid Haddad",
  "Галина",
  "Hugo",
  "Ines Carvalho",
  "Jun",
  "Kim",
  "Людмила",
  "Maximilian Freiherr von Hohenstein",
  "Nadia",
  "Oleg",
  "Priya Raman",
  "Quentin",
  "Rosa",
  "Сергей",
  "Tom",
];

/** The one who looks at the page sits third, or first where there are fewer. */
export const ME = (count: number): ParticipantId => idOf(Math.min(2, count - 1));

export function idOf(index: number): ParticipantId {
  return personId(`@p${index + 1}:example.org`);
}

export function people(count: number): PersonSnapshot[] {
  return NAMES.slice(0, count).map((name, index) => ({
    id: idOf(index),
    name,
    presence: "call",
    spokenMs: ((index * 37) % 90) * 1000,
    agreed: true,
  }));
}

/** The question to people, in a service that sends words to two others. */
export const ASKS: Shown = {
  wording: 1,
  items: [
    { what: "telegram", chat: "Сад на крыше · Roof garden", since: 1_000_000 },
    { what: "speech", outside: "speech.example.org" },
    { what: "minutes", outside: "Model of the Town Hall" },
    { what: "comments" },
  ],
};
