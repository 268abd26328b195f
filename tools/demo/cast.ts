import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";

const VOICES = resolve(import.meta.dirname, "../../tests/voices");

const Clip = z.object({
  file: z.string(),
  person: z.string(),
  language: z.enum(["en", "ru"]),
  circle: z.number().int().positive(),
  text: z.string(),
});

/** Somebody who takes part in the demo, with something to say in each circle. */
export type Member = {
  /** Name of the account. */
  readonly localpart: string;
  readonly name: string;
  readonly language: "en" | "ru";
  /** What is said in the circle, by its number from 1. */
  readonly says: ReadonlyMap<number, { readonly text: string; readonly audio: Uint8Array }>;
};

/** Both languages are heard from the first two on. */
const ORDER = ["Анна", "Tom", "Борис", "Sue", "Вера", "Kim", "Глеб"];

export async function cast(people: number): Promise<Member[]> {
  const clips = z.array(Clip).parse(JSON.parse(await readFile(join(VOICES, "voices.json"), "utf8")));
  return Promise.all(
    ORDER.slice(0, people).map(async (name) => {
      const own = clips.filter(({ person }) => person === name);
      const says = await Promise.all(
        own.map(async ({ circle, text, file }) => [circle, { text, audio: await readFile(join(VOICES, file)) }] as const),
      );
      const [first] = own;
      if (!first) throw new Error(`there is no voice for ${name}`);
      return { localpart: first.file.replace(/-\d+\..*$/, ""), name, language: first.language, says: new Map(says) };
    }),
  );
}
