import { expect, test } from "vitest";
import { HeardLately, type Sound } from "./heard-lately.ts";

const MS = 16;
const sound = (ms: number, level: number) => new Float32Array(ms * MS).fill(level);
const levels = (sound: Sound | null, everyMs: number) =>
  sound &&
  [...sound.samples].filter((_, at) => at % (everyMs * MS) === 0).map((one) => Math.round((one / 32_767) * 10) / 10);

test("what flows lies in one piece, though it comes a little early or late; a pause stays a pause", () => {
  const heard = new HeardLately(10_000);
  heard.add(sound(100, 0.1), 1_100);
  heard.add(sound(100, 0.2), 1_350); // due at 1,200
  heard.add(sound(100, 0.3), 1_290); // due at 1,300
  heard.add(sound(100, 0.4), 2_100); // after a pause
  expect(levels(heard.between(1_000, 2_100), 100)).toEqual([0.1, 0.2, 0.3, 0, 0, 0, 0, 0, 0, 0, 0.4]);
  expect(levels(heard.between(1_150, 1_250), 50)).toEqual([0.2, 0.3]);
  expect(heard.between(3_000, 4_000)).toBeNull();
});

test("what is too old is forgotten, and it is known since when it is not", () => {
  const heard = new HeardLately(500);
  for (let at = 1_100; at <= 3_000; at += 100) heard.add(sound(100, 0.5), at);
  expect(heard.forgottenTo).toBeGreaterThanOrEqual(2_300);
  expect(heard.forgottenTo).toBeLessThanOrEqual(2_500);
  expect(heard.between(0, 9_000)).toMatchObject({
    startedAt: heard.forgottenTo,
    samples: { length: (3_000 - heard.forgottenTo) * MS },
  });
});
