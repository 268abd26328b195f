import * as fc from "fast-check";
import { expect, test } from "vitest";
import { listVoices } from "../../tests/voices/voices.ts";
import { repaired } from "./vocabulary.ts";

const WORDS = ["Майндмайндер", "Mindminder", "Тимофеева", "Kowalski", "Гульнара", "Анна", "Tom", "спринт", "канбан"];

test.each([
  ["Мы поставили Мандмайндер на сервер.", "Мы поставили Майндмайндер на сервер."],
  ["Дайте слово Мойндмайндеру, пожалуйста.", "Дайте слово Майндмайндеру, пожалуйста."],
  ["Это сказала Тимафеева вчера.", "Это сказала Тимофеева вчера."],
  ["Спросите у Гюльнары про отчёт.", "Спросите у Гульнары про отчёт."],
  ["We talked about Mindmender and Covalski today.", "We talked about Mindminder and Kowalski today."],
])("%j is put right", (heard, meant) => expect(repaired(heard, WORDS)).toBe(meant));

test.each([
  "Мандмайндер стоит в начале предложения.", // a capital letter says nothing here
  "мы поставили мандмайндер на сервер", // nor is there one here
  "Он купил хлеб, а Анне отдал банку.", // an ordinary word, and a well-known name
  "I met Tim, Anne and Karen on Monday.",
  "Спринт, спирт, и канба на столе.", // words written small are not repaired
  "Мы были в Тимофеевке.", // another word
  "Mind minder is two words.",
])("%j is left alone", (text) => expect(repaired(text, WORDS)).toBe(text));

test("what is right stays as it is, in every case", () => {
  for (const text of ["О Майндмайндере говорят: Майндмайндером довольны.", "Я видел Тимофееву и Гульнару."])
    expect(repaired(text, WORDS)).toBe(text);
});

test("nothing that is said in the recordings of either language is touched", async () => {
  for (const { text } of await listVoices()) expect(repaired(text, WORDS)).toBe(text);
});

test("a text without capital letters within its sentences is never touched", () => {
  const word = fc.stringMatching(/^[а-яa-z]{1,12}$/);
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 20 }),
      fc.array(
        word.map((each) => each.charAt(0).toUpperCase() + each.slice(1)),
        { maxLength: 5 },
      ),
      (words, vocabulary) => {
        const text = `${words.join(" ")}.`;
        expect(repaired(text, vocabulary)).toBe(text);
      },
    ),
  );
});

test("a text full of capital letters is left alone", () => {
  expect(repaired("All Words Here Begin With Capitals Like Mindmender Does", WORDS)).toContain("Mindmender");
});
