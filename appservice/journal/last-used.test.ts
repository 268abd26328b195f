import { expect, test } from "vitest";
import { LastUsed } from "./last-used.ts";

test("of more than fit, what was used longest ago is forgotten", () => {
  const kept = new LastUsed<string, number>(2);
  expect(kept.keep("a", 1)).toBe(1);
  kept.keep("b", 2);
  expect(kept.get("a")).toBe(1);
  kept.keep("c", 3);
  expect([kept.get("a"), kept.get("b"), kept.get("c")]).toEqual([1, undefined, 3]);
  kept.keep("c", 4);
  expect([kept.get("a"), kept.get("c")]).toEqual([1, 4]);
  kept.forget("a");
  expect(kept.get("a")).toBeUndefined();
});
