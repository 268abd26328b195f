import { listVoices, voiceFile } from "../../tests/voices/voices.ts";

/** Somebody who takes part in the demo, with something to say in each circle. */
export type Member = {
  /** Name of the account. */
  readonly localpart: string;
  readonly name: string;
  readonly language: "en" | "ru";
  /** Speech of this person by the circle's number from 1: an encoded clip. */
  readonly says: ReadonlyMap<number, Uint8Array>;
};

/** Both languages are heard from the first two on. */
const ORDER = ["Анна", "Tom", "Борис", "Sue", "Вера", "Kim", "Глеб"];

export async function cast(people: number): Promise<Member[]> {
  const voices = await listVoices();
  return Promise.all(
    ORDER.slice(0, people).map(async (name) => {
      const own = voices.filter(({ person }) => person === name);
      const [first] = own;
      if (!first) throw new Error(`there is no voice for ${name}`);
      const says = await Promise.all(own.map(async ({ circle, file }) => [circle, await voiceFile(file)] as const));
      return { localpart: first.file.split(/-\d+\./)[0] ?? name, name, language: first.language, says: new Map(says) };
    }),
  );
}
