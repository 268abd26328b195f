import { expect, test } from "vitest";
import { ChatPace } from "./chat-pace.ts";

test("of a chat that has had nothing for a while, and need not be left alone, nothing is remembered", () => {
  const pace = new ChatPace({ count: 2, windowMs: 60_000 });
  expect(pace.isIdle(0)).toBe(true);
  pace.take(0);
  expect([pace.isIdle(59_999), pace.isIdle(60_000)]).toEqual([false, true]);
  pace.quiet(60_000, 1_000);
  expect([pace.isIdle(60_999), pace.isIdle(61_000)]).toEqual([false, true]);
});
