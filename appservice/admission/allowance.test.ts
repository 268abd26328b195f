import { expect, test } from "vitest";
import { Allowance } from "./allowance.ts";

test("each has a measure of their own, is told once, and begins anew after a minute", () => {
  let now = 0;
  const allowance = new Allowance(2, () => now);
  const take = (who: string) => allowance.take(who);
  expect(["ann", "ann", "ann", "ann"].map(take)).toEqual(["granted", "granted", "just-over", "over"]);
  expect(take("bob")).toBe("granted");
  now = 59_999;
  expect(take("ann")).toBe("over");
  now = 60_000;
  expect(take("ann")).toBe("granted");
});
