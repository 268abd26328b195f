import { expect, test } from "vitest";
import { placesOf } from "./said-places.ts";

const words = [
  { text: " tea is hot", from: 0.3 },
  { text: " drink it Timofeeva", from: 2 },
  { text: " now", from: 3.5 },
];

test("words keep their times where stops, capitals and names were put right", () => {
  expect(placesOf(words, "Tea is hot! Drink it, Timofeyeva. Now.", 4)).toEqual([
    { letter: 0, ms: 300 },
    { letter: 12, ms: 2_000 },
    { letter: 34, ms: 3_500 },
  ]);
});

test("words that were left out are passed over, and so is what goes back in time or beyond the speech", () => {
  expect(placesOf(words, "Drink it, Timofeeva. Now.", 3)).toEqual([{ letter: 0, ms: 2_000 }]);
  expect(placesOf([words[1]!, words[0]!], "Drink it, Timofeeva. Tea is hot.", 4)).toEqual([{ letter: 0, ms: 2_000 }]);
});

test("many times become at most one a second", () => {
  const many = Array.from({ length: 60 }, (_, at) => ({ text: ` word${at}`, from: at / 4 }));
  const places = placesOf(
    many,
    many
      .map(({ text }) => text)
      .join("")
      .trim(),
    15,
  );
  expect(places.length).toBeGreaterThan(7);
  expect(places.length).toBeLessThanOrEqual(16);
});
