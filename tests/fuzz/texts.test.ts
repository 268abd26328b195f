import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { planOf } from "../../appservice/circle/scenario.ts";
import { OWN_SCENARIOS } from "../../appservice/configuration/config.ts";
import { OWN_LEXICONS } from "../../appservice/configuration/lexicons.ts";
import { BadFiles } from "../../appservice/configuration/problems.ts";
import { checkScenario, checkScenarioText } from "../../appservice/configuration/scenario-check.ts";
import { checkYaml } from "../../appservice/configuration/yaml-file.ts";
import { mended } from "../../appservice/protocol/well-formed.ts";
import { compile } from "../../appservice/scribe/spoken/compiled.ts";
import { Lexicon } from "../../appservice/scribe/spoken/lexicon.ts";
import { segmentsOf } from "../../appservice/scribe/spoken/segments-of.ts";
import { patient, runs, soon, spoiled, spoiledBytes } from "./hostile.ts";
import { personId } from "../support/protocol/ids.ts";

const filesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => readFileSync(join(resolve(folder), name)));
const valuesIn = (files: readonly Buffer[]) => files.map((each) => parse(String(each)) as unknown);
const spoiledYaml = (files: readonly Buffer[]) =>
  spoiled(valuesIn(files)).map((value) => stringify(value, { aliasDuplicateObjects: false }) ?? "");
const scenarios = filesIn(OWN_SCENARIOS);
const lexicons = filesIn(OWN_LEXICONS);

test("whatever stands in a scenario's file, it is a scenario or a list of problems", patient, async () => {
  const text = fc.oneof(
    spoiledBytes(scenarios).map(String),
    spoiledYaml(scenarios),
    fc.string({ unit: "binary", maxLength: 300 }),
  );
  await fc.assert(
    fc.asyncProperty(text, async (each) => {
      const checked = await soon(() => checkScenarioText(each));
      if ("scenario" in checked) expect(planOf(checked.scenario, "ru", "чай").circles.length).toBeGreaterThan(0);
      else expect(checked.problems.length).toBeGreaterThan(0);
    }),
    runs(150),
  );
});

test("whatever a room's state holds as a scenario, it is one or a list of problems", patient, async () => {
  await fc.assert(
    fc.asyncProperty(spoiled(valuesIn(scenarios)), async (value) => {
      const checked = await soon(() => checkScenario(mended(structuredClone(value))));
      if (!("scenario" in checked)) expect(checked.problems.length).toBeGreaterThan(0);
    }),
    runs(150),
  );
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

const WORDS = [
  "так",
  "я",
  "закончил",
  "передаю",
  "слово",
  "Анне",
  "дальше",
  ",",
  ".",
  "—",
  "?",
  "пауза",
  "задача:",
  "решение",
  "спасибо",
  "нет",
  "подожди",
  "I",
  "am",
  "done",
  "pass",
  "the",
  "word",
  "to",
  "Ann",
  "task:",
  "decision",
  "more",
  "time",
  "two",
  "minutes",
  "и",
  "and",
  "(",
  "*",
  "\\",
  "𝒳",
  "\u0301",
];
const speech = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 80 }).map((words) => words.join(" ")),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .record({ word: fc.constantFrom(...WORDS), times: fc.integer({ min: 1, max: 1_500 }) })
    .map(({ word, times }) => `${word} `.repeat(times)),
);
const compiled = lexicons.map((each) => compile(Lexicon.parse(parse(String(each)))));
const people = [
  { id: personId("@ann:hs"), name: "Анна" },
  { id: personId("@bob:hs"), name: "Ann" },
  { id: personId("@eve:hs"), name: "(*" },
];

test(
  "whatever is said is parted into speech and commands, soon, and nothing of the speech is made up",
  patient,
  async () => {
    await fc.assert(
      fc.asyncProperty(speech, fc.constantFrom("ru", "en", null), async (text, language) => {
        const segments = await soon(() => segmentsOf(text, { language, people, lexicons: compiled }));
        for (const { kind, text: part } of segments) if (kind === "speech") expect(text).toContain(part);
      }),
      runs(150),
    );
  },
);

test("whatever stands in a lexicon's file, it can be used or is refused in words", patient, async () => {
  const text = fc.oneof(spoiledBytes(lexicons).map(String), spoiledYaml(lexicons));
  await fc.assert(
    fc.asyncProperty(text, speech, async (each, said) => {
      await soon(() => {
        try {
          const lexicon = compile(checkYaml(each, "lexicon.yaml", Lexicon));
          segmentsOf(said, { language: lexicon.language, people, lexicons: [lexicon] });
        } catch (error) {
          expect(error).toBeInstanceOf(BadFiles);
        }
      });
    }),
    runs(40),
  );
});
