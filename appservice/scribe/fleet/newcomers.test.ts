import { expect, test } from "vitest";
import { Newcomers } from "./newcomers.ts";

test("a meeting that begins while all is full stands behind those that run, until there is room", () => {
  const newcomers = new Newcomers(() => 0);
  expect(newcomers.standsBehind("running", false)).toBe(false);
  expect(newcomers.standsBehind("running", true)).toBe(false);
  expect(newcomers.standsBehind("new", true)).toBe(true);
  expect(newcomers.standsBehind("new", true)).toBe(true);
  expect(newcomers.standsBehind("new", false)).toBe(false);
  expect(newcomers.standsBehind("new", true)).toBe(false);
});

test("a meeting in which nobody spoke for long begins anew", () => {
  let now = 0;
  const newcomers = new Newcomers(() => now);
  expect(newcomers.standsBehind("early", false)).toBe(false);
  now = 20 * 60_000;
  expect(newcomers.standsBehind("other", false)).toBe(false);
  expect(newcomers.standsBehind("early", true)).toBe(true);
});
