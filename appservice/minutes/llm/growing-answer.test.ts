import { expect, onTestFinished, test } from "vitest";
import { simulateTime, timeSource } from "../../time/source.ts";
import { GrowingAnswer } from "./growing-answer.ts";

/** Clock that stands still until it is set forward. */
function clock() {
  let now = 0;
  onTestFinished(simulateTime({ ...timeSource(), monotonic: () => now }));
  return (ms: number) => void (now += ms);
}

/** An answer whose readings end when they are let. */
function growing(everyMs: number) {
  const [read, shown]: [string[], string[]] = [[], []];
  let next = Promise.withResolvers<string | null>();
  const answer = new GrowingAnswer<string>({
    everyMs,
    read: (soFar) => {
      read.push(soFar);
      next = Promise.withResolvers();
      return next.promise;
    },
    show: (found) => void shown.push(found),
  });
  const readAs = async (found: string | null) => {
    next.resolve(found);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  const fails = async () => {
    next.reject(new Error("too much work"));
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return { answer, read, shown, readAs, fails };
}

test("of pieces that come while it is read, and before people have read what was shown, none is read", async () => {
  const later = clock();
  const { answer, read, shown, readAs } = growing(2_000);
  for (const soFar of ["a", "ab", "abc"]) answer.grows(soFar);
  expect(read).toEqual(["a"]);
  await readAs("A");
  answer.grows("abcd");
  later(1_999);
  answer.grows("abcde");
  expect([read, shown]).toEqual([["a"], ["A"]]);
  later(1);
  answer.grows("abcdef");
  await readAs("ABCDEF");
  expect([read, shown]).toEqual([
    ["a", "abcdef"],
    ["A", "ABCDEF"],
  ]);
});

test("one that had nothing new is read again sooner, and one that failed, too", async () => {
  const later = clock();
  const { answer, read, shown, readAs, fails } = growing(2_000);
  answer.grows("a");
  await readAs(null);
  later(250);
  answer.grows("ab");
  await fails();
  later(250);
  answer.grows("abc");
  await readAs("ABC");
  expect([read, shown]).toEqual([["a", "ab", "abc"], ["ABC"]]);
});

test("once the answer is whole nothing is shown or read any more, and its end waits for what is still read", async () => {
  clock();
  const { answer, read, shown, readAs } = growing(0);
  answer.grows("a");
  let isOver = false;
  const over = answer.end().then(() => {
    isOver = true;
  });
  await Promise.resolve();
  expect(isOver).toBe(false);
  await readAs("A");
  await over;
  answer.grows("ab");
  expect([read, shown]).toEqual([["a"], []]);
});
