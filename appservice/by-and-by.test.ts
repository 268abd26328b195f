import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { byAndBy } from "./by-and-by.ts";

const later = async (done: () => boolean) => {
  while (!done()) await turn();
};

test("long work lets others in between its parts", async () => {
  const done: number[] = [];
  const work = byAndBy(
    () => "meeting",
    function* () {
      for (let i = 0; i < 20; i++) {
        for (const until = performance.now() + 2; performance.now() < until; );
        done.push(i);
        yield;
      }
    },
    1,
  );
  work.ask("x");
  let turns = 0;
  await later(() => ++turns > 0 && done.length === 20);
  expect(turns).toBeGreaterThanOrEqual(15);
});

test("asked again meanwhile, it goes through to the end, and once more with the newest; each key by itself", async () => {
  const seen: string[] = [];
  const work = byAndBy(
    ({ key }: { key: string; value: number }) => key,
    function* ({ key, value }) {
      for (const part of ["begins", "ends"]) {
        seen.push(`${key}${value} ${part}`);
        yield;
      }
    },
    0,
  );
  for (const value of [1, 2]) work.ask({ key: "a", value });
  work.ask({ key: "b", value: 1 });
  await later(() => seen.includes("a2 begins"));
  for (const value of [3, 4, 5]) work.ask({ key: "a", value });
  await later(() => seen.includes("a5 ends"));
  expect(seen.filter((each) => each.startsWith("a"))).toEqual(["a2 begins", "a2 ends", "a5 begins", "a5 ends"]);
  expect(seen).toContain("b1 ends");
});

test("what fails is tried anew when it is asked for again; once stopped, nothing is done", async () => {
  let fails = true;
  const seen: string[] = [];
  const work = byAndBy(
    () => "meeting",
    function* (value: string) {
      try {
        if (fails) throw new Error("the disk is full");
        seen.push(value);
      } catch {
        seen.push("failed");
      }
      yield;
    },
  );
  work.ask("x");
  await later(() => seen.length === 1);
  fails = false;
  work.ask("y");
  await later(() => seen.length === 2);
  work.stop();
  work.ask("z");
  for (let i = 0; i < 5; i++) await turn();
  expect(seen).toEqual(["failed", "y"]);
});
