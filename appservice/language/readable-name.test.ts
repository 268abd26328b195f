import { describe, expect, test } from "vitest";
import { readableName } from "./readable-name.ts";
import { stopwatch } from "../../tests/support/stopwatch.ts";

test.each([
  "👩‍🚀 Zoë",
  "علی‌رضا",
  "🏴󠁧󠁢󠁥󠁮󠁧󠁿 Ann",
  "👨‍👩‍👧‍👦",
  "👩🏽‍❤️‍💋‍👨🏻",
  "🏳️‍🌈",
  "☺️",
  "क्‍ष",
  "श्रीमान्‌जी",
  "葛󠄀城",
  "1️⃣",
  "O’Brien-Müller",
  "Анна",
  "שרה",
  "민준",
  "Ὀδυσσεύς",
  "Cécile".normalize("NFD"),
  "Ann  B",
])("%s stays as it is given", (name) => expect(readableName(name)).toBe(name));

test.each([
  ["\u202eevil", "evil"],
  ["A\u200dnn", "Ann"],
  ["A\u200cnn", "Ann"],
  ["Ann\u200b\ufeff\u2060", "Ann"],
  ["Ann\ufe0f", "Ann"],
  ["Ann\u3164", "Ann"],
  ["\u3164Ann\u2800", "Ann"],
  ["A\u00adnn", "Ann"],
  ["\u2066Ann\u2069\u200f", "Ann"],
  ["Ann\nBob\tEve", "Ann Bob Eve"],
  ["A\u0000n\u0007n", "Ann"],
  ["Ann\u{e0041}\u{e0042}", "Ann"],
  ["👩\u200d", "👩"],
  ["علی\u200c", "علی"],
  ["A\u034fnn", "Ann"],
  ["\u2028Ann", "Ann"],
])("%j loses what shows nothing", (given, name) => expect(readableName(given)).toBe(name));

test.each([
  "",
  " ",
  "\u3164",
  "\u2800\u2800",
  "\u115f\u1160",
  "\u200d\u200c",
  "\u0301\u0302",
  "\ufe0f",
  "\u{e0067}\u{e007f}",
  "\n\t",
  "\u00ad",
])("%j is no name", (given) => expect(readableName(given)).toBe(""));

describe("a long name", () => {
  test("is cut, and joins nothing at its end", () => {
    expect([...readableName("x".repeat(100))]).toHaveLength(60);
    expect(readableName(`${"x".repeat(58)}👩\u200d🚀`)).toBe(`${"x".repeat(58)}👩`);
  });

  test("takes no time", () => {
    const took = stopwatch();
    for (const letter of ["👩\u200d", "\u{1f3f4}", "\u{e0067}", "\u200d", " ", "a\ufe0f"])
      readableName(letter.repeat(20_000));
    expect(took()).toBeLessThan(500);
  });
});
