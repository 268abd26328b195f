import { describe, expect, test } from "vitest";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { findDecisions } from "./find-decisions.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

const found = (...texts: string[]) =>
  findDecisions(
    texts.map((text, at) => utterance({ id: `1.${at + 1}`, text })),
    [],
  ).map(({ text, status }) => `${status}: ${text}`);

describe("what people say they have decided is a suggestion, in their words", () => {
  test.each([
    "We decided to keep the second data centre.",
    "So we've agreed that the launch moves by a week.",
    "Then we'll go with the blue logo for the site.",
    "Let's settle on Wednesdays at ten.",
    "It's decided, we hire one more tester.",
    "Мы решили оставить второй дата-центр.",
    "Договорились, что встречаемся по средам.",
    "Значит, остановились на синем логотипе.",
    "Решено, запуск переносим на неделю.",
    "Тогда так и сделаем, запускаем первого декабря.",
  ])("%s", (text) => expect(found(text)).toEqual([`suggested: ${text}`]));
});

describe("none", () => {
  test.each([
    "We have not decided about the data centre yet.",
    "I would like us to decide today who waters in June.",
    "If we decided to move, it would cost a lot.",
    "Last year we decided to keep the old servers.",
    "Have we decided to keep the second data centre?",
    "I decided to stay at home.",
    "They agreed to pay the bill.",
    "Agreed, that's a good point.",
    "Мы ещё не решили, что делать с серверами.",
    "Я бы хотел, чтобы решение приняли все вместе.",
    "В прошлый раз мы решили оставить серверы.",
    "Надо решить, кто поливает в июне.",
    "Мы решили оставить дата-центр?",
    "Давайте обсудим дата-центр ещё раз.",
    "Кто решил, что так лучше?",
  ])("%s", (text) => expect(found(text)).toEqual([]));
});

test("what was called a decision needs no confirmation, spoken or typed, and says who called it one", () => {
  const called = utterance({
    id: "1.1",
    text: "",
    segments: [
      {
        kind: "command",
        text: "Решение: встречаемся по средам.",
        command: { type: "decision", text: "встречаемся по средам" },
      },
    ],
  });
  const typed = {
    id: "$c",
    circle: 0,
    turn: null,
    who: personId("@sue:x"),
    name: "Sue",
    at: 1,
    text: "decision: we paint the fence green",
  };
  expect(
    findDecisions(
      [called, utterance({ id: "2.1", turn: 2, speaker: personId("@boris:x"), text: "Решение: красим забор." })],
      [typed],
    ),
  ).toMatchObject([
    { id: "1.1:0", text: "встречаемся по средам", status: "confirmed", confirmedBy: "@anna:x", from: ["1.1"] },
    { text: "Красим забор.", status: "confirmed", confirmedBy: "@boris:x", from: ["2.1"] },
    { text: "We paint the fence green", status: "confirmed", confirmedBy: "@sue:x", from: ["$c"] },
  ]);
});

test("a decision that was said twice is one, and the one called aloud keeps its words", () => {
  expect(
    findDecisions(
      [
        utterance({ id: "1.1", text: "We decided to move the launch by a week." }),
        utterance({ id: "2.1", turn: 2, text: "Decision: move the launch by a week." }),
      ],
      [],
    ),
  ).toMatchObject([{ text: "Move the launch by a week.", status: "confirmed", from: ["1.1", "2.1"] }]);
});

test("the same words have the same id whenever the minutes are made", () => {
  const said = [utterance({ text: "We decided to keep the second data centre." })];
  expect(findDecisions(said, [])).toEqual(findDecisions(said, []));
});
