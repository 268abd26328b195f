import { expect, test } from "vitest";
import { translateTo } from "../language/translate.ts";
import { becomes, MARKED_KINDS, markOf, marksLine, marksOf, OFFERED_MARKS } from "./marks.ts";

const [en, ru] = [translateTo("en"), translateTo("ru")];

test("signs are known with and without the mark for colour, and others are none", () => {
  expect(["✅", "✅️", "☑", "☑️", "❌", "👍", ""].map(markOf)).toEqual(["✅", "✅", "☑️", "☑️", "❌", null, null]);
});

test("a message says what its signs do to it, in both languages, and nothing once nothing is left to do", () => {
  expect(marksLine("task", "suggested", en)).toBe("✅ confirm · ☑️ done · ❌ dismiss");
  expect(marksLine("task", "open", en)).toBe("✅ done");
  expect(["done", "dropped"].map((status) => marksLine("task", status as "done", en))).toEqual(["", ""]);
  expect(marksLine("decision", "suggested", ru)).toBe("✅ подтвердить · ❌ убрать");
  expect(marksLine("question", "suggested", ru)).toBe("✅ ещё открыт · ☑️ есть ответ · ❌ убрать");
});

test("the help says it of the whole way of a suggestion", () => {
  expect(MARKED_KINDS.map((kind) => marksOf(kind, en))).toEqual([
    "✅ confirm · ✅ again or ☑️ done · ❌ dismiss", "✅ confirm · ❌ dismiss", "✅ still open · ✅ again or ☑️ answered · ❌ dismiss",
  ]);
});

test("what the bot offers does something to every suggestion, and never finishes it", () => {
  for (const kind of MARKED_KINDS) {
    for (const mark of OFFERED_MARKS) expect(["open", "confirmed", "dropped"]).toContain(becomes(mark, kind, "suggested"));
  }
});
