import { expect, test } from "vitest";
import { redisFindings } from "./redis-fitness.ts";

/** Answer of a Redis to INFO, as far as it is looked at. */
const info = (facts: Record<string, string | number>) =>
  Object.entries({ redis_version: "7.0.15", maxmemory_policy: "noeviction", used_memory: 10, maxmemory: 0, ...facts })
    .map(([name, value]) => `${name}:${value}\r\n`)
    .join("# Section\r\n");

test("a Redis of today that throws nothing away is fit", () => {
  expect(redisFindings(info({}))).toEqual([]);
  expect(redisFindings(info({ redis_version: "6.2.5" }))).toEqual([]);
});

test.each([
  ["too old", { redis_version: "6.0.16" }, /6\.0\.16, and 6\.2 is needed/, /newer/],
  ["far too old", { redis_version: "5.9.9" }, /5\.9\.9/, /newer/],
  ["throwing keys away", { maxmemory_policy: "allkeys-lru" }, /allkeys-lru/, /noeviction/],
  ["full", { used_memory: 95e6, maxmemory: 100e6 }, /full: 95 of 100 MB/, /maxmemory/],
])("one that is %s is told so, with what to do", (_, facts, what, remedy) => {
  expect(redisFindings(info(facts))).toMatchObject([
    { what: expect.stringMatching(what), remedy: expect.stringMatching(remedy) },
  ]);
});
