import { expect, test } from "vitest";
import { distance, runOf } from "./likeness.ts";

const alike = (heard: string, meant: string) => distance(runOf(heard.split(" ")), runOf(meant.split(" "))) !== null;

test.each([
  ["передаюслово", "передаю слово"],
  ["пере даю слово", "передаю слово"],
  ["передаю слава", "передаю слово"],
  ["у меня фсе", "у меня все"],
  ["i pas the word", "i pass the word"],
  ["i pasthe word", "i pass the word"],
])("“%s” may be a mishearing of “%s”", (heard, meant) => expect(alike(heard, meant)).toBe(true));

test.each([
  ["передал слово", "передаю слово"],
  ["передает слово", "передаю слово"],
  ["i passed the word", "i pass the word"],
  ["he passes the word", "i pass the word"],
  ["у меня есть", "у меня все"],
  ["пас", "пес"],
])("“%s” is something else than “%s”", (heard, meant) => expect(alike(heard, meant)).toBe(false));
