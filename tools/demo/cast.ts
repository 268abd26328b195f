import { listVoices } from "../../tests/voices/voices.ts";

/** Somebody who takes part in the demo, with something to say in each circle. */
export type Member = {
  /** Name of the account. */
  readonly localpart: string;
  readonly name: string;
  readonly language: "en" | "ru";
  /** Names of the recorded clips that this person says, by the circle's number from 1. */
  readonly clips: ReadonlyMap<number, string>;
};

/** People of a council; both languages are heard from the first two on. */
export const COUNCIL = ["Анна", "Tom", "Борис", "Sue", "Вера", "Kim", "Глеб"];

/** People of an assembly, by the groups in which they want to sit. */
export const GROUPS = [
  ["Анна", "Борис", "Вера", "Глеб"],
  ["Tom", "Sue", "Kim", "Max"],
  ["Нина", "Олег", "Ида", "Лев"],
];

/** There are seven voices; five more people say what others say. */
const WITH_THE_VOICE_OF = new Map([
  ["Нина", "Анна"],
  ["Max", "Tom"],
  ["Олег", "Борис"],
  ["Ида", "Вера"],
  ["Лев", "Глеб"],
]);

export async function cast(names: readonly string[]): Promise<Member[]> {
  const voices = await listVoices();
  return names.map((name, index) => {
    const voice = WITH_THE_VOICE_OF.get(name);
    const own = voices.filter(({ person }) => person === (voice ?? name));
    const [first] = own;
    if (!first) throw new Error(`there is no voice for ${name}`);
    const localpart = voice === undefined ? (first.file.split(/-\d+\./)[0] ?? name) : `person-${index + 1}`;
    return { localpart, name, language: first.language, clips: new Map(own.map(({ circle, file }) => [circle, file])) };
  });
}
