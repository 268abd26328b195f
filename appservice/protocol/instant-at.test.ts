import { expect, test } from "vitest";
import { instantAt, placesIn } from "./instant-at.ts";
import { timedSentences } from "./timed-sentences.ts";

const said = { text: "Tea is hot. Drink it.", startedAt: 1_000, endedAt: 4_000 };
const places = [
  { letter: 0, ms: 200 },
  { letter: 12, ms: 2_000 },
];

test("a place whose time is known has it; between two it is reckoned by letters; without any, by the whole", () => {
  expect([0, 6, 12, 21].map((letter) => instantAt({ ...said, places }, letter))).toEqual([1_200, 2_100, 3_000, 4_000]);
  expect([0, 7, 21].map((letter) => instantAt(said, letter))).toEqual([1_000, 2_000, 4_000]);
  expect(instantAt({ ...said, text: "" }, 0)).toBe(1_000);
});

test("where words were cut off or put right, the others keep their times", () => {
  const text = (now: string) => placesIn(now, said.text, places);
  expect(text("Tea is hot.")).toEqual([
    { letter: 0, ms: 200 },
    { letter: 11, ms: 2_000 },
  ]);
  expect(text("Drink it.")).toEqual([{ letter: 0, ms: 2_000 }]);
  expect(text("Tea is very hot. Drink it.")).toEqual([
    { letter: 0, ms: 200 },
    { letter: 17, ms: 2_000 },
  ]);
  expect(text("").map(({ letter }) => letter)).toEqual([0]);
});

test("a sentence is heard until the next begins; one that is longer than a caption comes in parts, after commas", () => {
  expect(timedSentences({ ...said, places })).toEqual([
    { text: "Tea is hot.", from: 1_200, to: 3_000 },
    { text: "Drink it.", from: 3_000, to: 4_000 },
  ]);
  const long = `${"word ".repeat(12).trim()}, ${"other ".repeat(12).trim()}`;
  const parts = timedSentences({ ...said, text: long });
  expect(parts.map(({ text }) => text)).toEqual([`${"word ".repeat(12).trim()},`, "other ".repeat(12).trim()]);
  expect(parts[1]?.from).toBe(parts[0]?.to);
  expect(timedSentences({ ...said, text: "к г. Твери, т. е. туда. Да" }).map(({ text }) => text)).toEqual([
    "к г. Твери, т. е. туда.",
    "Да",
  ]);
  expect(timedSentences({ ...said, text: "x".repeat(20_000) })).toHaveLength(1);
  expect(timedSentences({ ...said, text: "   " })).toEqual([]);
});
