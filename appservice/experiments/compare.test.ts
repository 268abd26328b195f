import { expect, test } from "vitest";
import { triedMeetings } from "../../tests/support/experiments/tried-meetings.ts";
import { compare, LEAST_BLOCKS } from "./compare.ts";
import type { Interval } from "./statistics/confidence-sequence.ts";

const sees = ({ low, high }: Interval) => low > 0 || high < 0;

test("two sets that are the same are hardly ever told apart, though it is looked after every meeting", () => {
  const RUNS = 2_000;
  const alarms = Array.from({ length: RUNS }, (_, seed) =>
    compare("edits", triedMeetings({ seed, meetings: 60 })).course.some(sees),
  ).filter(Boolean).length;
  expect(alarms / RUNS).toBeLessThanOrEqual(0.05);
});

test("a set whose minutes are edited half as often is found in sixty meetings, nearly always, and never the other way round", () => {
  const RUNS = 200;
  const last = Array.from({ length: RUNS }, (_, seed) =>
    compare("edits", triedMeetings({ seed: 10_000 + seed, meetings: 60, effect: 0.5 })).course.at(-1),
  );
  const found = last.filter((interval) => interval && interval.high < 0).length;
  expect(found / RUNS).toBeGreaterThan(0.8);
  expect(last.filter((interval) => interval && interval.low > 0)).toEqual([]);
});

test("a block of which one meeting is missing, or had nothing to count, is left out", () => {
  const meetings = triedMeetings({ seed: 1, meetings: 40, rooms: 1 });
  expect(compare("edits", meetings).blocks).toBe(20);
  expect(compare("edits", meetings.slice(1)).blocks).toBe(19);
  expect(compare("untouched", meetings)).toMatchObject({ blocks: 0, means: [null, null], course: [] });
});

test("nothing is said before some blocks are over", () => {
  const blocks = (n: number) => triedMeetings({ seed: 1, meetings: n * 2, rooms: 1 });
  expect(compare("edits", blocks(LEAST_BLOCKS - 1)).course).toEqual([]);
  expect(compare("edits", blocks(LEAST_BLOCKS)).course).toHaveLength(1);
});

test("meetings of one block under different versions of an experiment are no pair", () => {
  const [first, second] = triedMeetings({ seed: 1, meetings: 2, rooms: 1 });
  const changed = { ...second!, trial: { ...second!.trial, digest: "another" } };
  expect(compare("edits", [first!, changed]).blocks).toBe(0);
});
