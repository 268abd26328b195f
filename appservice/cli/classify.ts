import type { ParticipantId } from "../protocol/identity.ts";
import { readFileSync } from "node:fs";
import { BadFiles } from "../configuration/problems.ts";
import { OWN_LEXICONS, readLexicons } from "../configuration/lexicons.ts";
import { COMMON_NAMES } from "../language/names/common.ts";
import { segmentsOf } from "../scribe/spoken/segments-of.ts";

export type ClassifyOptions = { readonly language?: string; readonly people?: string; readonly lexicon?: string };

/** Prints the segments of each line as one line of JSON. A person's id is their name here. */
export function classify(file: string, options: ClassifyOptions): void {
  const lexicons = readLexicons(options.lexicon ?? OWN_LEXICONS);
  const { language = null } = options;
  if (language !== null && !lexicons.some((lexicon) => lexicon.language === language)) {
    const known = lexicons.map((lexicon) => lexicon.language).join(", ");
    throw new BadFiles([
      { file: "--language", key: "", problem: `there is no lexicon of “${language}”.`, remedy: `There are: ${known}.` },
    ]);
  }
  const names =
    options.people
      ?.split(",")
      .map((name) => name.trim())
      .filter(Boolean) ?? COMMON_NAMES;
  // A name stands for its person here.
  const people = names.map((name) => ({ id: name as ParticipantId, name }));
  const lines = textOf(file)
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const found = lines.map((line) =>
    JSON.stringify(line.trim() === "" ? [] : segmentsOf(line.trim(), { language, people, lexicons })),
  );
  process.stdout.write(found.map((line) => `${line}\n`).join(""));
}

function textOf(file: string): string {
  try {
    // 0 is standard input.
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (cause) {
    throw new BadFiles([
      {
        file,
        key: "",
        problem: `it cannot be read (${(cause as NodeJS.ErrnoException).code ?? String(cause)}).`,
        remedy: "Check its path and its permissions.",
      },
    ]);
  }
}
