import { expect, test } from "vitest";
import { CaptionWindow } from "./caption-window.ts";
import { SAMPLE_RATE } from "./engine.ts";

/** Makes speech of so many seconds that is quiet for a moment at `quietAt`. */
function speech(seconds: number, quietAt = -1) {
  const samples = new Float32Array(seconds * SAMPLE_RATE).fill(0.5);
  if (quietAt >= 0) samples.fill(0.01, quietAt * SAMPLE_RATE, (quietAt + 0.2) * SAMPLE_RATE);
  return { samples, from: 1_000, to: 1_000 + samples.length };
}

test("a short piece is decoded whole each time", () => {
  const window = new CaptionWindow();
  expect(window.next(1, speech(2))).toMatchObject({ settle: false, samples: { length: 2 * SAMPLE_RATE } });
  expect(window.shown(1, "so far")).toBe("so far");
});

test("of a long one the beginning is settled at a quiet place, and only the rest is decoded again", () => {
  const window = new CaptionWindow();
  const long = speech(6, 3);
  const head = window.next(1, long);
  expect(head.settle).toBe(true);
  expect(head.samples.length / SAMPLE_RATE).toBeGreaterThan(3);
  expect(head.samples.length / SAMPLE_RATE).toBeLessThan(3.2);
  window.settle(1, head, "the beginning");
  const rest = window.next(1, long);
  expect(rest).toMatchObject({ settle: false, samples: { length: long.samples.length - head.samples.length } });
  expect(window.shown(1, "and the rest")).toBe("the beginning and the rest");
});

test("the next piece begins anew, and what comes late for the one before it changes nothing", () => {
  const window = new CaptionWindow();
  const head = window.next(1, speech(6));
  expect(window.next(2, speech(1))).toMatchObject({ settle: false, samples: { length: SAMPLE_RATE } });
  window.settle(1, head, "late");
  expect(window.shown(2, "fresh")).toBe("fresh");
});
