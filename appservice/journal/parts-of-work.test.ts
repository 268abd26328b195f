import { describe, expect, onTestFinished, test } from "vitest";
import { simulateTime, timeSource } from "../time/source.ts";
import { atOnce, byTurns, eachOf, type Parts, turnsOfOthers, unlessStopped } from "./parts-of-work.ts";

/** Work in so many parts, each of which is written down as it is done. */
function work(parts: number) {
  const done: number[] = [];
  function* each(): Parts<string> {
    for (let part = 1; part <= parts; part++) {
      done.push(part);
      yield;
    }
    return "done";
  }
  return { done, each };
}

/** Clock that goes on by so many milliseconds at each look. */
function clockGoing(ms: number): { turns: number } {
  const counted = { turns: 0 };
  let now = 0;
  const monotonic = () => (now += ms);
  const nextTurn = () => {
    counted.turns += 1;
    return Promise.resolve();
  };
  onTestFinished(simulateTime({ ...timeSource(), monotonic, nextTurn }));
  return counted;
}

describe("work in parts", () => {
  test("is done at once to its end", () => {
    const { done, each } = work(3);
    expect([atOnce(each()), done]).toEqual(["done", [1, 2, 3]]);
  });

  test.each([
    ["with no turn between parts that take no time", 0, 0],
    ["with one after five milliseconds", 3, 3],
    ["with one after each part that takes so long", 5, 6],
  ])("is done by turns, %s", async (_, ms, turns) => {
    const counted = clockGoing(ms);
    const { done, each } = work(6);
    expect([await byTurns(each()), done.length, counted.turns]).toEqual(["done", 6, turns]);
  });

  test("is left where it is once it is stopped, which passes for no end", () => {
    const { done, each } = work(5);
    expect([atOnce(unlessStopped(each(), () => done.length === 2)), done]).toEqual([null, [1, 2]]);
    expect(atOnce(unlessStopped(work(5).each(), () => false))).toBe("done");
  });

  test.each([
    [20, undefined, [20, 20, 5]],
    [2, 2, [2, 2, 1]],
  ])("of many is done some in each: %s", (some, given, expected) => {
    const all = Array.from({ length: expected.reduce((sum, each) => sum + each) }, (_, i) => i);
    const done: number[] = [];
    const parts = given === undefined ? eachOf(all, (i) => done.push(i)) : eachOf(all, (i) => done.push(i), some);
    const sizes: number[] = [];
    for (let before = 0, end = false; !end; before = done.length) {
      end = parts.next().done ?? false;
      sizes.push(done.length - before);
    }
    expect([sizes, done]).toEqual([expected, all]);
  });
});

test("work that waits for what is there already lets others have their turn every five milliseconds", async () => {
  const counted = clockGoing(1);
  const others = turnsOfOthers();
  for (let piece = 0; piece < 60; piece++) await others();
  expect(counted.turns).toBeGreaterThanOrEqual(9);
  expect(counted.turns, "not with each piece").toBeLessThanOrEqual(12);
});
