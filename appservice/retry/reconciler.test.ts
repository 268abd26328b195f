import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { Reconciler } from "./reconciler.ts";

test("one at a time, and what was replaced meanwhile is never sent", async () => {
  const sent: number[] = [];
  const pending: (() => void)[] = [];
  const reconciler = new Reconciler<number>({
    act: (value) => {
      sent.push(value);
      return new Promise((resolve) => pending.push(resolve));
    },
    onFailure: () => {},
  });
  for (const value of [1, 2, 3]) reconciler.want(value);
  expect(sent).toEqual([1]);
  pending.shift()?.();
  await turn();
  expect(sent).toEqual([1, 3]);
  pending.shift()?.();
  await turn();
  expect(reconciler.settled).toBe(true);
});

test("a failed send is tried again, unless something newer waits", async () => {
  const sent: number[] = [];
  const failures: unknown[] = [];
  let away = true;
  const reconciler = new Reconciler<number>({
    act: async (value) => {
      sent.push(value);
      if (away) throw new Error("away");
    },
    onFailure: (error) => failures.push(error),
  });
  reconciler.want(1);
  await turn();
  away = false;
  await expect.poll(() => sent).toEqual([1, 1]);
  expect(failures).toHaveLength(1);
  expect(reconciler.settled).toBe(true);
});

test("what cannot be brought about is left, and the next value is", async () => {
  const sent: number[] = [];
  const reconciler = new Reconciler<number>({
    act: async (value) => {
      sent.push(value);
      if (value === 1) throw new Error("refused");
    },
    onFailure: () => {},
    judge: () => "never",
  });
  reconciler.want(1);
  await expect.poll(() => reconciler.settled).toBe(true);
  reconciler.want(2);
  await expect.poll(() => reconciler.settled).toBe(true);
  expect(sent).toEqual([1, 2]);
});
