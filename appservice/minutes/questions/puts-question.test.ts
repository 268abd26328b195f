import { expect, test } from "vitest";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { isAskedIn, putsQuestion } from "./puts-question.ts";

test.each([
  "Кто закажет принтер?",
  "а кто закажет новый принтер",
  "Успеем ли мы до пятницы",
  "а сможет ли мастер прийти в среду",
  "Ну, есть ли у нас запасной ключ",
  "Who pays for the printer",
  "Whether the launch moves by a week",
  "«Когда откроемся?»",
  "This question stays open.",
  "Вопрос пока остаётся открытым.",
])("“%s” asks", (text) => expect(putsQuestion(text)).toBe(true));

test.each([
  "Больше всего сил забирают длинные отчеты.",
  "Мы долго ждем тех, кто не приходит.",
  "План встречи я пришлю до среды.",
  "Я буду записывать все решения.",
  "К середине встречи никто не слушает",
  "Вряд ли мы успеем до пятницы.",
  "едва ли не каждый день",
  "То ли дождь, то ли снег.",
  "We spend half an hour on status reports.",
  "Sue will write down our decisions.",
  "When it rains, we stay inside.",
  "",
])("“%s” asks nothing", (text) => expect(putsQuestion(text)).toBe(false));

test("what is put as a heading was asked where its words were, and not by another question there", () => {
  const said = [utterance({ text: "The old printer is broken. Who pays for the new printer? I like tea." })];
  expect(isAskedIn(said, "Payment for the new printer")).toBe(true);
  expect(isAskedIn(said, "I like tea.")).toBe(false);
  expect(isAskedIn([], "Payment for the new printer")).toBe(false);
});
