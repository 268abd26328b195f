import { describe, expect, test } from "vitest";
import type { Utterance } from "../../protocol/meeting-record.ts";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { findQuestions } from "./find-questions.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

const people = [
  { id: personId("@anna:x"), name: "Анна" },
  { id: personId("@boris:x"), name: "Борис" },
  { id: personId("@sue:x"), name: "Sue" },
];
const found = (...said: Utterance[]) =>
  findQuestions(said, [], people).map(({ text, status, answeredIn }) => [text, status, ...answeredIn].join(" | "));
const said = (turn: number, speaker: string, text: string) =>
  utterance({ id: `${turn}.1`, turn, speaker: personId(`@${speaker}:x`), text });

describe("asked for form's sake, or a request", () => {
  test.each([
    "Так, меня слышно?",
    "Can you hear me?",
    "Okay?",
    "You know what?",
    "Понимаете?",
    "And when?",
    "Kim, could you send me the list?",
    "Можешь прислать таблицу?",
    "Anna, right?",
    "It is late.",
  ])("%s", (text) => expect(found(said(1, "anna", text))).toEqual([]));
});

test("a question that nobody takes up is suggested as open", () => {
  expect(found(said(1, "anna", "Кто посчитает стоимость простоя?"), said(2, "boris", "Я отвечаю за серверы."))).toEqual(
    ["Кто посчитает стоимость простоя? | suggested"],
  );
  expect(found(said(1, "sue", "Who pays?"))).toEqual(["Who pays? | suggested"]);
});

test("what another says of it later answers it; what oneself says does not, nor another question", () => {
  const asked = said(1, "anna", "How long does the restore from backups take?");
  expect(found(asked, said(2, "boris", "The restore takes forty minutes from the backups."))).toEqual([
    `${asked.text} | answered | 2.1`,
  ]);
  expect(found(asked, said(2, "anna", "The restore from the backups is slow."))).toEqual([`${asked.text} | suggested`]);
  expect(found(asked, said(2, "boris", "Does anybody restore from backups?"))[0]).toBe(`${asked.text} | suggested`);
});

test("whoever was asked by name answers with a word", () => {
  expect(found(said(1, "anna", "Борис, серверы уже перенесены?"), said(2, "boris", "Да, в субботу."))).toEqual([
    "Борис, серверы уже перенесены? | answered | 2.1",
  ]);
  expect(found(said(1, "anna", "Борис, серверы уже перенесены?"), said(2, "sue", "Yes, all is well."))).toEqual([
    "Борис, серверы уже перенесены? | suggested",
  ]);
});

test("what was called a question is open without confirmation, spoken or typed", () => {
  expect(
    findQuestions(
      [said(1, "sue", "Open question: who will moderate in June")],
      [
        {
          id: "$c",
          circle: 0,
          turn: null,
          who: personId("@anna:x"),
          name: "Анна",
          at: 1,
          text: "вопрос: где встречаемся",
        },
      ],
      people,
    ),
  ).toMatchObject([
    { text: "Who will moderate in June", status: "open", confirmedBy: "@sue:x" },
    { text: "Где встречаемся", status: "open", confirmedBy: "@anna:x", from: ["$c"] },
  ]);
});

test("asked twice and answered once, it is answered", () => {
  const twice = [
    said(1, "anna", "Who will order the new printer?"),
    said(2, "sue", "Who will order the new printer?"),
    said(3, "boris", "I will order the printer."),
  ];
  expect(found(...twice)).toEqual(["Who will order the new printer? | answered | 3.1"]);
});

test("an answer in other words, right after it, answers it", () => {
  expect(found(said(1, "anna", "Кто посчитает стоимость простоя?"), said(2, "boris", "Да, к четвергу."))).toEqual([
    "Кто посчитает стоимость простоя? | answered | 2.1",
  ]);
  expect(found(said(1, "sue", "When does the new landlord come?"), said(2, "boris", "About noon."))).toEqual([
    "When does the new landlord come? | answered | 2.1",
  ]);
});

test("that nobody knows leaves it open, a question without its mark too", () => {
  expect(
    found(said(1, "sue", "When does the new landlord come?"), said(2, "boris", "No idea when the landlord comes.")),
  ).toEqual(["When does the new landlord come? | suggested"]);
  expect(
    found(said(1, "anna", "Интересно, сколько стоит час простоя."), said(2, "boris", "Не знаю, надо выяснить.")),
  ).toEqual(["Интересно, сколько стоит час простоя. | suggested"]);
});
