import { expect, test } from "vitest";
import { en } from "../../language/en.ts";
import { ru } from "../../language/ru.ts";
import { COMMANDS, readCommand } from "./registry.ts";

const wordsOf = (catalogue: { readonly [key: string]: string }) =>
  COMMANDS.flatMap(({ name }) => (catalogue[`command.word.${name}`] ?? "").split("|"));

test("no word means two commands, in either language", () => {
  const words = [...wordsOf(en), ...wordsOf(ru)];
  expect(new Set(words).size).toBe(words.length);
  expect(words).not.toContain("");
});

test.each([
  ["!circle pass", "pass", []],
  ["  !CIRCLE  Pass ", "pass", []],
  ["!круг ПЕРЕДАТЬ", "pass", []],
  ["!circle", "help", []],
  ["!circle object too dear\nand too loud", "object", ["too", "dear", "and", "too", "loud"]],
  ["!круг слово Анне", "word", ["Анне"]],
])("%j is %s", (body, name, words) => expect(readCommand(body)).toMatchObject({ command: { name }, words }));

test("text keeps its lines", () => expect(readCommand("!circle write one\n  two")?.rest).toBe("one\n  two"));
test("what is unknown is known to be so", () =>
  expect(readCommand("!circle fly high")).toMatchObject({ command: null, name: "fly" }));
test.each(["!circles are round", "circle pass", "! circle", "", "hello !circle pass"])(
  "%j is not for the bot",
  (body) => expect(readCommand(body)).toBeNull(),
);
