import { expect, test } from "vitest";
import { readCommand } from "./registry.ts";

const INVISIBLE = [
  "\u200b",
  "\u200c",
  "\u200d",
  "\u200e",
  "\u200f",
  "\u202a",
  "\u202e",
  "\u2060",
  "\u2066",
  "\u2069",
  "\ufeff",
  "\u00ad",
  "\u034f",
  "\ufe0f",
  "\u061c",
  "\u180e",
  "\u3164",
  "\u2800",
  "\u0007",
  "\u{e0041}",
];

test.each(INVISIBLE.map((mark) => [mark.codePointAt(0)!.toString(16), mark] as const))(
  "the mark U+%s hides no command",
  (_, mark) => {
    for (const typed of [
      `${mark}!circle pass`,
      ` ${mark}${mark}!circle pass`,
      `!${mark}circle pass`,
      `!circle${mark} pass`,
      `!circle ${mark}pass`,
      `!circle pass${mark}`,
    ]) {
      expect([typed, readCommand(typed)?.command?.name]).toEqual([typed, "pass"]);
    }
  },
);

test("what is no command is none with a mark before it either", () => {
  for (const typed of ["\u200bcircle pass", "\u200e", "", "\u200e!other", "see \u200b!circle pass"])
    expect(readCommand(typed)).toBeNull();
});

test("what joins letters within the words of a command stays", () => {
  expect(readCommand("!circle theme 👩‍🚀 علی‌رضا")?.rest).toBe("👩‍🚀 علی‌رضا");
});
