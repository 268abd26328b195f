import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { compile } from "./compiled.ts";
import { Lexicon } from "./lexicon.ts";
import { segmentsOf } from "./segments-of.ts";

const lexiconOf = (language: "en" | "ru") => [
  compile(
    Lexicon.parse(
      parse(readFileSync(resolve(import.meta.dirname, `../../../config/lexicon/${language}.yaml`), "utf8")),
    ),
  ),
];
const commandsIn = (text: string, language: "en" | "ru", asked?: string) =>
  segmentsOf(text, { language, people: [], lexicons: lexiconOf(language), asked }).flatMap(({ command }) =>
    command ? [command.type] : [],
  );

test.each([
  ["What about the report? Done.", "en"],
  ["How are you? I'm good.", "en"],
  ["And who comes after the audit? Next.", "en"],
  ["Как отчёт? Закончил.", "ru"],
  ["А что с бюджетом? Готово.", "ru"],
] as const)("what answers a question is no order: %s", (text, language) =>
  expect(commandsIn(text, language)).toEqual([]),
);

test.each([
  ["The report is on its way. Done.", "en"],
  ["I have nothing to add. I'm good.", "en"],
  ["Has anybody seen it? I pass the word.", "en"],
  ["Отчёт в пути. Закончил.", "ru"],
  ["Кто-нибудь видел? Передаю слово дальше.", "ru"],
] as const)("what ends a turn still does: %s", (text, language) =>
  expect(commandsIn(text, language)).toEqual(["pass"]),
);

test.each([
  ["Done.", "en", "Is the report ready?"],
  ["I'm done.", "en", "Did you finish the audit?"],
  ["Закончил.", "ru", "Как отчёт?"],
  ["Я закончила.", "ru", "А что с бюджетом?"],
] as const)("nor is what answers the question of the speaker before: %s", (text, language, asked) => {
  expect(commandsIn(text, language, asked)).toEqual([]);
  expect(commandsIn(text, language, "The numbers are fine.")).toEqual(["pass"]);
});
