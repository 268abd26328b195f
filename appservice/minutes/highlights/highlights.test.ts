import { wasSaid } from "../../language/as-written.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Utterance } from "../../protocol/meeting-record.ts";
import { meeting } from "../../../tests/support/minutes/meeting.ts";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { spokenText } from "../text/sentences.ts";
import { isFiller } from "./filler.ts";
import { circleHighlights, meetingHighlights, participantHighlights } from "./highlights.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

const setting = (utterances: readonly Utterance[]) => ({
  utterances,
  people: meeting().people,
  meeting: meeting({ topic: "Запуск сайта" }),
});
const texts = (sentences: readonly { text: string }[]) => sentences.map(({ text }) => text);

test("nothing said: nothing chosen", () => {
  for (const choose of [participantHighlights, circleHighlights, meetingHighlights])
    expect(choose(setting([]), 3)).toEqual([]);
  expect(participantHighlights(setting([utterance({ text: "  " })]), 3)).toEqual([]);
});

test("a single short sentence is chosen as it is", () => {
  expect(participantHighlights(setting([utterance({ text: "Всё хорошо." })]), 3)).toEqual([
    { text: "Всё хорошо.", from: ["1.1"] },
  ]);
});

test("who said nothing but thanks is still heard", () => {
  expect(texts(participantHighlights(setting([utterance({ text: "Спасибо. У меня всё." })]), 3))).toEqual(["Спасибо."]);
});

test("the greeting goes, the matter stays, in the order said", () => {
  const said = utterance({
    text: "Всем привет! Мы обновили сайт за три дня. Ну вот. Осталась проблема с оплатой, она падает под нагрузкой. У меня всё, передаю слово.",
  });
  expect(texts(participantHighlights(setting([said]), 3))).toEqual([
    "Мы обновили сайт за три дня.",
    "Осталась проблема с оплатой, она падает под нагрузкой.",
  ]);
});

test("each voice of a circle is there, and two who say the same are both heard", () => {
  const circle = [
    utterance({ id: "1.1", turn: 1, text: "Сайт готов к запуску, осталось проверить оплату." }),
    utterance({
      id: "2.1",
      turn: 2,
      speaker: personId("@boris:x"),
      text: "Сайт готов к запуску, осталось проверить оплату.",
    }),
    utterance({
      id: "3.1",
      turn: 3,
      speaker: personId("@sue:x"),
      text: "Hello. The payment service times out under load.",
    }),
  ];
  expect(circleHighlights(setting(circle), 1).map(({ from }) => from[0])).toEqual(["1.1", "2.1", "3.1"]);
});

test("what was said twice is chosen once", () => {
  const said = utterance({
    text: "Нам нужны фотографии команды для сайта. Повторю: нам нужны фотографии команды для сайта. Тексты готовы и проверены.",
  });
  expect(participantHighlights(setting([said]), 3)).toHaveLength(2);
});

describe("filler", () => {
  const names = new Set(["борис", "бор", "ann"]);
  test.each([
    "Hello everyone.",
    "Thank you, Boris.",
    "That's all from me.",
    "Okay, so that's it.",
    "I pass the word to Kim.",
    "Over to you, Vera.",
    "My name is Ann.",
    "Can you hear me?",
    "Um, not much from my side.",
    "Всем привет!",
    "Добрый день, коллеги.",
    "У меня всё.",
    "Спасибо, у меня всё, передаю слово дальше.",
    "Так, меня слышно?",
    "Это Анна.",
    "Ну, вот и всё.",
    "Всё, спасибо.",
  ])("%s", (text) => expect(isFiller(text, new Set([...names, "bori", "boris"]))).toBe(true));
  test.each([
    "Thank you for the report on the outage.",
    "Это Анна сломала сервер.",
    "Всё готово к запуску.",
    "Привет передавали наши клиенты из Казани.",
    "I'm done with the login page.",
    "Next week we launch.",
  ])("not: %s", (text) => expect(isFiller(text, names)).toBe(false));
});

test("whatever is said, highlights are sentences of it, word for word", () => {
  const word = fc.constantFrom(
    "сервер",
    "план",
    "Борис",
    "мы",
    "не",
    "the",
    "server",
    "I",
    "will",
    "release",
    "42",
    "т.",
    "е.",
    "Dr.",
    "ёлка",
    "well,",
    "—",
    "«да»",
    "спасибо",
    "всем",
    "привет",
  );
  const text = fc
    .array(fc.tuple(word, fc.constantFrom(" ", " ", " ", ". ", "! ", "… ", "? ", ", ")), { maxLength: 30 })
    .map((parts) => parts.flat().join(""));
  const said = fc.array(
    fc.record({
      text,
      speaker: fc.constantFrom(...["@anna:x", "@boris:x", "@sue:x"].map(personId)),
      turn: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(said, fc.integer({ min: 1, max: 4 }), (pieces, count) => {
      const utterances = pieces.map(({ turn, ...piece }, i) =>
        utterance({ ...piece, id: `u${i}`, turn, circle: turn % 2 }),
      );
      for (const choose of [participantHighlights, circleHighlights, meetingHighlights]) {
        for (const { text, from } of choose(setting(utterances), count)) {
          const source = utterances
            .filter(({ id }) => from.includes(id))
            .map(spokenText)
            .join(" ");
          expect(text).not.toBe("");
          expect(wasSaid(text, source), text).toBe(true);
        }
      }
    }),
  );
});
