import { afterEach, expect, test } from "vitest";
import { random, randomBelow, randomUuid } from "./chance.ts";
import { simulateTime, timeSource } from "./source.ts";
import { monotonic, wallClock } from "./time.ts";

let putBack = () => {};
afterEach(() => putBack());

test("a simulated run has its own clock and dice, and what comes after it has the machine's again", () => {
  putBack = simulateTime({ ...timeSource(), wallClock: () => 7, random: () => 0.5 });
  expect([wallClock(), random()]).toEqual([7, 0.5]);
  putBack();
  const before = Date.now();
  expect(wallClock()).toBeGreaterThanOrEqual(before);
  expect(monotonic()).toBeLessThanOrEqual(performance.now());
});

test("what is drawn lies in its bounds, and each identifier is a UUID of its own", () => {
  for (let i = 0; i < 100; i++) expect([0, 1, 2]).toContain(randomBelow(3));
  const drawn = Array.from({ length: 100 }, randomUuid);
  expect(new Set(drawn).size).toBe(100);
  for (const id of drawn) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});
