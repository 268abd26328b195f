import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const NOW = Date.UTC(2026, 10, 24, 3);

test.each([
  ["7", 7_000],
  [" 0.5 ", 500],
  ["Tue, 24 Nov 2026 03:00:30 GMT", 30_000],
  ["Tue, 24 Nov 2026 02:00:00 GMT", 0],
  ["soon", null],
  ["-5", null],
  ["", null],
  [undefined, null],
  [12, null],
])("Retry-After: %s", (said, ms) => {
  expect(retryAfterMs(said, NOW)).toBe(ms);
});
