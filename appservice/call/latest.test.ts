import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { Latest } from "./latest.ts";

test("one at a time, and what was replaced meanwhile is never sent", async () => {
  const sent: number[] = [];
  const pending: (() => void)[] = [];
  const latest = new Latest<number>(
    (value) => {
      sent.push(value);
      return new Promise((resolve) => pending.push(resolve));
    },
    () => {},
  );
  for (const value of [1, 2, 3]) latest.put(value);
  expect(sent).toEqual([1]);
  pending.shift()?.();
  await turn();
  expect(sent).toEqual([1, 3]);
  pending.shift()?.();
  await turn();
  expect(latest.settled).toBe(true);
});

test("a failed send is tried again, unless something newer waits", async () => {
  const sent: number[] = [];
  const failures: unknown[] = [];
  let away = true;
  const latest = new Latest<number>(
    async (value) => {
      sent.push(value);
      if (away) throw new Error("away");
    },
    (error) => failures.push(error),
  );
  latest.put(1);
  await turn();
  away = false;
  await wait(400);
  expect(sent).toEqual([1, 1]);
  expect(failures).toHaveLength(1);
  expect(latest.settled).toBe(true);
});
