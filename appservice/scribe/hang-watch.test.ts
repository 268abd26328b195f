import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HangWatch } from "./hang-watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  let hanging = 0;
  const watch = new HangWatch(() => hanging++);
  return { watch, hanging: () => hanging };
}

test("who says every second that they live is left alone; who does not is noticed within five, once", () => {
  const { watch, hanging } = watched();
  for (let second = 0; second < 60; second++) {
    watch.alive(true);
    vi.advanceTimersByTime(1_000);
  }
  expect(hanging()).toBe(0);
  vi.advanceTimersByTime(4_000);
  expect(hanging()).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(hanging()).toBe(1);
});

test("loading models may take its time, but not for ever", () => {
  const { watch, hanging } = watched();
  watch.alive(false);
  vi.advanceTimersByTime(100_000);
  expect(hanging()).toBe(0);
  vi.advanceTimersByTime(30_000);
  expect(hanging()).toBe(1);
});

test("a service that was itself held up blames nobody", () => {
  const { watch, hanging } = watched();
  watch.alive(true);
  // The machine slept: timers due meanwhile fire once, and only then the messages arrive.
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(500);
  watch.alive(true);
  vi.advanceTimersByTime(4_000);
  expect(hanging()).toBe(0);
});
