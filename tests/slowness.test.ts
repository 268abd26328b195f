import { availableParallelism } from "node:os";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { slowness } from "./support/slowness.ts";

/** Lets threads want a processor all the time, and tells how many times as long they took. */
async function spinning(threads: number): Promise<number> {
  const slow = slowness();
  const workers = Array.from({ length: threads }, () => new Worker("for (;;);", { eval: true }));
  await Promise.all(workers.map((worker) => once(worker, "online")));
  await new Promise((resolve) => setTimeout(resolve, 250)); // they spin meanwhile
  const found = slow(); // a thread that has ended tells nothing
  await Promise.all(workers.map((worker) => worker.terminate()));
  return found;
}

test.skipIf(!existsSync("/proc/self/schedstat"))(
  "twice as many threads as processors take about twice as long, and it is told",
  async () => {
    expect(await spinning(2 * availableParallelism())).toBeGreaterThan(1.3);
  },
);

test("where nothing was done, nothing was slow", () => {
  expect(slowness([0])()).toBe(1);
});
