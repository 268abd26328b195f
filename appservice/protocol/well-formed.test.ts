import { expect, test } from "vitest";
import { mended } from "./well-formed.ts";

const read = (json: string): unknown => mended(JSON.parse(json));

test("half a letter is replaced, a whole one of two halves is not", () => {
  expect(read(String.raw`{"a":["\ud83e","\ud83e\uded6"]}`)).toEqual({ a: ["\ufffd", "🫖"] });
});

test("what turns the text behind it is left out, and the marks of Hebrew and Persian stay", () => {
  expect(read(String.raw`["a\u202eb\u2066c\u2069\u202c", "\u05e9\u05dc\u200f!", "\u0639\u200c"]`)).toEqual([
    "abc",
    "\u05e9\u05dc\u200f!",
    "\u0639\u200c",
  ]);
});

test.each(["toString", "valueOf", "toJSON", "__proto__"])("“%s” of a stranger's stands in for nothing", (key) => {
  const value = read(`{"length":{"${key}":1,"kept":true},"kept":{"${key}":{"polluted":1}}}`) as Record<string, object>;
  expect(Object.values(value).flatMap((each) => Object.getOwnPropertyNames(each))).toEqual(["kept"]);
  expect(Object.getPrototypeOf(value["kept"])).toBe(Object.prototype);
  expect(`${String(value["length"])} ${String(value)}`).toBe("[object Object] [object Object]");
});
