import { expect, test } from "vitest";
import { spreadText } from "./spread-text.ts";

const PIECES = ["We water by weekday.", "Tom takes the key,", "and Sue the hose."];

test.each([
  ["what stayed stays where it was", "We water by weekday. Tom takes the key, and Sue the hose.", PIECES],
  [
    "a word put right stays in its piece",
    "We water by weekend. Tom takes the tea, and Sue the hose.",
    ["We water by weekend.", "Tom takes the tea,", "and Sue the hose."],
  ],
  [
    "a word more goes to the words before it",
    "We water by weekday. Tom takes the key, please, and Sue the hose.",
    ["We water by weekday.", "Tom takes the key, please,", "and Sue the hose."],
  ],
  ["a piece may go", "Tom takes the key, and Sue the hose.", ["", "Tom takes the key,", "and Sue the hose."]],
  ["all may go", " ", ["", "", ""]],
  [
    "line breaks inside a piece are kept",
    "We water\nby weekday. Tom takes the key, and Sue the hose.",
    ["We water\nby weekday.", "Tom takes the key,", "and Sue the hose."],
  ],
])("%s", (_, text, pieces) => expect(spreadText(PIECES, text)).toEqual(pieces));

test("whatever is written, no word is lost, doubled or moved", () => {
  const words = ["tea", "key", "hose", "Tom", "and", "water"];
  const random = seeded(7);
  for (let round = 0; round < 300; round++) {
    const text = Array.from(
      { length: Math.floor(random() * 14) },
      () => words[Math.floor(random() * words.length)],
    ).join(" ");
    expect(
      spreadText(PIECES, text)
        .filter((piece) => piece !== "")
        .join(" "),
    ).toBe(text);
  }
});

test("a text too long to be compared word by word is shared out all the same", () => {
  const long = Array.from({ length: 3_000 }, (_, at) => `a${at}`).join(" ");
  const other = Array.from({ length: 3_000 }, (_, at) => `b${at}`).join(" ");
  expect(
    spreadText([long, long], other)
      .filter((piece) => piece !== "")
      .join(" "),
  ).toBe(other);
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}
