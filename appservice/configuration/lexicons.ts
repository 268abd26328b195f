import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Compiled, compile } from "../scribe/spoken/compiled.ts";
import { Lexicon } from "../scribe/spoken/lexicon.ts";
import { BadFiles, type Problem } from "./problems.ts";
import { readYaml } from "./yaml-file.ts";

/** Spoken commands that come with the product: one file a language. */
export const OWN_LEXICONS = resolve(import.meta.dirname, "../../config/lexicon");

/** All lexicons of a folder. Throws `BadFiles` with the problems of every file. */
export function readLexicons(folder: string = OWN_LEXICONS): Compiled[] {
  const lexicons = new Map<string, Compiled>();
  const problems: Problem[] = [];
  for (const name of filesIn(folder)) {
    const file = join(folder, name);
    try {
      const lexicon = readYaml(file, Lexicon);
      if (lexicons.has(lexicon.language)) {
        problems.push({
          file,
          key: "language",
          problem: `“${lexicon.language}” is the language of another lexicon, too.`,
          remedy: "Put both into one file.",
        });
      }
      lexicons.set(lexicon.language, compile(lexicon));
    } catch (error) {
      if (!(error instanceof BadFiles)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new BadFiles(problems);
  return [...lexicons.values()];
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
  } catch {
    throw new BadFiles([
      {
        file: folder,
        key: "",
        problem: "this folder of lexicons cannot be read.",
        remedy: "Check its path and its permissions.",
      },
    ]);
  }
}
