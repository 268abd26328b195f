import { expect, test } from "vitest";
import { translateTo } from "../language/translate.ts";
import { becomes, MARKED_KINDS, markOf, marksOf, OFFERED_MARKS } from "./marks.ts";

const en = translateTo("en");

test("signs are known with and without the mark for colour, and others are none", () => {
  expect(["✅", "✅️", "☑", "☑️", "❌", "👍", ""].map(markOf)).toEqual(["✅", "✅", "☑️", "☑️", "❌", null, null]);
});

test("it is said of the whole way of a suggestion", () => {
  expect(MARKED_KINDS.map((kind) => marksOf(kind, en))).toEqual([
    "✅ confirm · ✅ again or ☑️ done · ❌ dismiss",
    "✅ confirm · ❌ dismiss",
    "✅ still open · ✅ again or ☑️ answered · ❌ dismiss",
  ]);
});

test("what the bot offers does something to every suggestion, and never finishes it", () => {
  for (const kind of MARKED_KINDS) {
    for (const mark of OFFERED_MARKS)
      expect(["open", "confirmed", "dropped"]).toContain(becomes(mark, kind, "suggested"));
  }
});
