import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { segmentsOf } from "../scribe/spoken/segments-of.ts";
import { readLexicons } from "./lexicons.ts";
import { BadFiles } from "./problems.ts";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function problemsIn(files: Readonly<Record<string, string>>) {
  try {
    readLexicons(folderWith(files));
  } catch (error) {
    if (error instanceof BadFiles) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
}

test("a language is one file: another is heard as soon as it lies there", () => {
  const lexicons = readLexicons(
    folderWith({ "de.yaml": "language: de\ncommands: { pass: { clear: ['ich gebe das Wort weiter'] } }" }),
  );
  expect(
    segmentsOf("Das war alles. Ich gebe das Wort weiter.", { language: "de", people: [], lexicons }).at(-1)?.command,
  ).toEqual({ type: "pass" });
});

test.each([
  ["an unknown command", "language: de\ncommands: { sing: {} }", "commands.sing", /not known/],
  [
    "a place there is not",
    "language: de\ncommands: { pass: { clear: ['an {wen}'] } }",
    "commands.pass.clear[0]",
    /\{wen\}/,
  ],
  ["a bracket left open", "language: de\ncommands: { pass: { alone: ['[gut'] } }", "commands.pass.alone[0]", /missing/],
  [
    "a phrase without words",
    "language: de\ncommands: { pass: { alone: ['[gut]', '[]'] } }",
    "commands.pass.alone[1]",
    /0 ways/,
  ],
  [
    "far too many ways to say it",
    `language: de\ncommands: { pass: { alone: ['${"[a|b|c] ".repeat(8)}'] } }`,
    "commands.pass.alone[0]",
    /ways/,
  ],
  ["no language", "commands: {}", "language", /./],
])("%s is named with file, key and remedy", (_, text, key, problem) => {
  const [found] = problemsIn({ "de.yaml": text });
  expect(found).toMatchObject({
    file: expect.stringMatching(/de\.yaml$/),
    key,
    problem: expect.stringMatching(problem),
  });
  expect(found?.remedy).toMatch(/\S/);
});

test("two files of one language are told apart", () => {
  expect(problemsIn({ "a.yaml": "language: de\ncommands: {}", "b.yaml": "language: de\ncommands: {}" })).toMatchObject([
    { key: "language" },
  ]);
});
