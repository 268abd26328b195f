import { expect, test } from "vitest";
import { personId } from "../../../tests/support/protocol/ids.ts";
import { Pseudonyms } from "../pseudonyms.ts";
import { cleanerFor } from "./cleaner.ts";

const PSEUDONYMS = new Pseudonyms(Buffer.alloc(32, 3));
const PEOPLE = [
  { id: personId("@anna:hs"), name: "Анна Петрова" },
  { id: personId("@oleg:hs"), name: "Олег" },
  { id: personId("@zebedee:hs"), name: "Zebedee Quux" },
];
const clean = cleanerFor({ people: PEOPLE, vocabulary: ["Майндмайндер", "компост"] }, PSEUDONYMS);

const NAMES = /анн[аыеуо]|анной|ан[яюе]\b|петров|олег|зеб|zebedee|quux|майндмайндер/iu;

test.each([
  ["Анне надо позвонить Олегу.", 2],
  ["С Анной и Олегом говорили об Анне.", 3],
  ["У Ани была Петрова, а Петровой нет.", 3],
  ["Zebedee asked Quux and Oleg.", 3],
  ["Мы спросили Майндмайндера про компост.", 1],
])("%s: no form of a name is left", async (text, replaced) => {
  const result = await clean(text, "ru");
  expect(result.text).not.toMatch(NAMES);
  expect(result.replaced).toBe(replaced);
});

test("a name is always replaced by the same one, in the case in which it stood", async () => {
  const [dative, instrumental] = await Promise.all([clean("Олегу дали слово.", "ru"), clean("Мы с Олегом.", "ru")]);
  const [to = "", by = ""] = [/^(\S+) дали/.exec(dative.text)?.[1], /Мы с (\S+)\./.exec(instrumental.text)?.[1]];
  expect(to).toMatch(/[ую]$/);
  expect(by).toMatch(/[ое]м$/);
  expect(to.slice(0, 3)).toBe(by.slice(0, 3));
  expect((await clean("Олегу дали слово.", "ru")).text).toBe(dative.text);
});

test("names of anybody go, ordinary words stay, also where nothing is written large", async () => {
  expect((await clean("Серёже и Maria передали привет", "ru")).text).not.toMatch(/Сер[её]ж|Maria/);
  expect(await clean("вера и надежда на роман с компостом", "ru")).toEqual({
    text: "вера и надежда на роман с компостом",
    replaced: 0,
  });
  expect((await clean("спросим олега и анну", "ru")).text).not.toMatch(NAMES);
});

test.each([
  "Пишите на anna.petrova+x@mail.example.org сегодня",
  "Call me at +7 (912) 345-67-89 or 8 800 555 35 35",
  "The card is 4111 1111 1111 1111, really",
  "I am @somebody:matrix.example.org, or @some_body there",
])("%s: nobody can be reached by what is left", async (text) => {
  const result = await clean(text, "en");
  expect(result.text).not.toMatch(/mail\.example|345-67|555 35|4111 1111|somebody|some_body/);
  expect(result.replaced).toBeGreaterThan(0);
  expect(await clean(text, "en")).toEqual(result);
});

test.each(["On 2026-11-30 at 10:30", "30.11.2026 было 15 000 000 рублей", "Room 404, version 1.2.3", "в 1998 году"])(
  "%s: dates, sums and versions stay",
  async (text) => expect(await clean(text, "ru")).toEqual({ text, replaced: 0 }),
);

test("another key gives other pseudonyms, and nobody finds a person by theirs", () => {
  const other = new Pseudonyms(Buffer.alloc(32, 4));
  expect(other.person("@anna:hs")).not.toBe(PSEUDONYMS.person("@anna:hs"));
  expect(other.fingerprint).not.toBe(PSEUDONYMS.fingerprint);
});

test("what a configured service finds is replaced as well, and what was found already is not replaced twice", async () => {
  const more = cleanerFor({ people: PEOPLE, vocabulary: [] }, PSEUDONYMS, async (text) =>
    [...text.matchAll(/Олегу|Nowhere Street/g)].map(({ index, 0: word }) => ({
      start: index,
      end: index + word.length,
      by: "X",
    })),
  );
  const { text, replaced } = await more("Олегу at Nowhere Street", "en");
  expect([/X/g[Symbol.match](text)?.length, replaced]).toEqual([1, 2]);
});
