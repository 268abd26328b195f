import { expect, test } from "vitest";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { languageOf } from "./language.ts";
import { sentencesOf } from "./sentences.ts";

const split = (...pieces: string[]) =>
  sentencesOf(pieces.map((text, i) => utterance({ id: `1.${i + 1}`, text }))).map(
    ({ text, from }) => `${text} <${from}>`,
  );

test("an utterance falls into its sentences", () => {
  expect(split("Сервер упал. Мы его подняли! Кто проверит?")).toEqual([
    "Сервер упал. <1.1>",
    "Мы его подняли! <1.1>",
    "Кто проверит? <1.1>",
  ]);
});

test("a sentence that a pause cut in two is one again, and rests on both", () => {
  expect(split("We should ask", "Boris about it. He knows.")).toEqual([
    "We should ask Boris about it. <1.1,1.2>",
    "He knows. <1.2>",
  ]);
  expect(split("Мы думаем...", "что так лучше. Да.")).toEqual(["Мы думаем... что так лучше. <1.1,1.2>", "Да. <1.2>"]);
});

test("a pause is the end of a sentence, and a stop is, whatever letter follows", () => {
  expect(
    split("Я допишу повестку", "Важные письма я разберу.", "Я сдам отчёт.", "их список готов. он у Веры."),
  ).toEqual([
    "Я допишу повестку <1.1>",
    "Важные письма я разберу. <1.2>",
    "Я сдам отчёт. <1.3>",
    "их список готов. <1.4>",
    "он у Веры. <1.4>",
  ]);
  expect(split("I'll have it ready by Wednesday and uh then", "I'll send it to Leo", "because he asked")).toEqual([
    "I'll have it ready by Wednesday and uh then I'll send it to Leo because he asked <1.1,1.2,1.3>",
  ]);
});

test("full stops of abbreviations and initials end nothing", () => {
  expect(split("Встретимся на ул. Ленина у г. Иванова.", "Ask Dr. Brown, e.g. tomorrow.")).toEqual([
    "Встретимся на ул. Ленина у г. Иванова. <1.1>",
    "Ask Dr. Brown, e.g. tomorrow. <1.2>",
  ]);
});

test("without punctuation the pauses part the sentences", () => {
  expect(split("сервер упал ночью", "мы его подняли утром")).toEqual([
    "сервер упал ночью <1.1>",
    "мы его подняли утром <1.2>",
  ]);
});

test("what was said to the facilitator is no part of it", () => {
  const mixed = utterance({
    text: "The build is green. Pass the word.",
    segments: [
      { kind: "speech", text: "The build is green." },
      { kind: "command", text: "Pass the word." },
    ],
  });
  expect(sentencesOf([mixed]).map(({ text }) => text)).toEqual(["The build is green."]);
});

test("a task or a decision was said to the circle, too", () => {
  const decided = utterance({
    text: "We argued.",
    segments: [
      { kind: "speech", text: "We argued." },
      {
        kind: "command",
        text: "Decision: we meet on Wednesdays.",
        command: { type: "decision", text: "we meet on Wednesdays" },
      },
    ],
  });
  expect(sentencesOf([decided]).map(({ text }) => text)).toEqual(["We argued.", "Decision: we meet on Wednesdays."]);
});

test("the language is that of most letters, then the engine's word, then the meeting's", () => {
  expect(languageOf([utterance({ text: "Мы обновили Kubernetes." })], "en")).toBe("ru");
  expect(languageOf([utterance({ text: "Мы", language: "ru" }), utterance({ text: "all of it is done" })], "ru")).toBe(
    "en",
  );
  expect(languageOf([utterance({ text: "42", language: "ru" })], "en")).toBe("ru");
  expect(languageOf([], "ru")).toBe("ru");
});
