import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { causeOf, type Stall, StallWatch } from "./stall-watch.ts";

test("what holds the loop up is told with its name, and what came before it is not", async () => {
  const stalls: Stall[] = [];
  const watch = new StallWatch((stall) => void stalls.push(stall));
  onTestFinished(() => watch.stop());
  watch.start();
  watch.note("GET /healthz");
  // Until the loop has gone round, and what was noted before is forgotten: nothing tells that it was.
  await wait(150);
  stalls.length = 0;
  watch.note("GET /rooms/:room/graph");
  const before = process.threadCpuUsage();
  const spent = () => {
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  };
  while (spent() < 200);
  await expect.poll(() => stalls.length).toBeGreaterThan(0);
  expect(stalls[0]?.during).toEqual(["GET /rooms/:room/graph"]);
  expect(stalls[0]?.cpuMs).toBeGreaterThanOrEqual(180);
});

test("a machine that does something else is told apart from work of our own", () => {
  expect(causeOf({ ms: 300, cpuMs: 20, during: [] })).toBe("machine");
  expect(causeOf({ ms: 300, cpuMs: 290, during: [] })).toBe("work");
});
