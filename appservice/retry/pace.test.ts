import { expect, test } from "vitest";
import { Failures, waitAfter } from "./pace.ts";

const PACE = { firstMs: 100, longestMs: 1_000 };
const none = () => 0;
const most = () => 1;

test("each wait is twice the one before, up to the longest", () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((failures) => waitAfter(failures, PACE, none))).toEqual([
    100, 200, 400, 800, 1_000, 1_000, 1_000,
  ]);
});

test("a part of it falls away by chance, so that not all come back in one moment", () => {
  expect(waitAfter(3, PACE, most)).toBe(300);
  const drawn = Array.from({ length: 40 }, () => waitAfter(3, PACE));
  expect(new Set(drawn).size).toBeGreaterThan(5);
  for (const wait of drawn) {
    expect(wait).toBeGreaterThanOrEqual(300);
    expect(wait).toBeLessThanOrEqual(400);
  }
});

test("failures in a row are counted, and the last wait is known", () => {
  const failures = new Failures(PACE);
  expect(failures.isLong).toBe(false);
  for (let i = 0; i < 4; i++) failures.add();
  expect([failures.count, failures.isLong]).toEqual([4, true]);
  failures.reset();
  expect([failures.count, failures.isLong]).toEqual([0, false]);
});
