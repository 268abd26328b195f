import { expect, onTestFinished, test } from "vitest";
import { Elsewhere, type ElsewhereDeps } from "./elsewhere.ts";
import type { Jobs } from "./jobs.ts";
import type { JOBS } from "../../tests/support/elsewhere/worker.ts";

const WORKER = new URL("../../tests/support/elsewhere/worker.ts", import.meta.url);

function elsewhere(options: Partial<ElsewhereDeps> = {}) {
  const givenUp: string[] = [];
  const it = new Elsewhere<typeof JOBS>({
    script: WORKER,
    onGivenUp: ({ job, room }) => void givenUp.push(`${job} of ${room}`),
    ...options,
  });
  onTestFinished(() => it.close());
  return { it, givenUp };
}

test("work is done, and what it makes of nonsense is told", async () => {
  const { it } = elsewhere();
  expect(await it.run("twice", [21], { room: "!a" })).toBe(42);
  await expect(it.run("fail", [], { room: "!a" })).rejects.toThrow("no rule for this");
  expect(await it.run("twice", [2], { room: "!a" })).toBe(4);
});

test("what takes too long is given up, told by a code, and the next is done", async () => {
  const { it, givenUp } = elsewhere({ ms: 400, workers: 1 });
  const long = it.run("forever", [], { room: "!a" });
  const next = it.run("twice", [3], { room: "!a" });
  await expect(long).rejects.toMatchObject({ code: "TOO_MUCH_WORK" });
  expect(await next).toBe(6);
  expect(givenUp).toEqual(["forever of !a"]);
});

test("what takes too much memory is given up, and the service goes on", async () => {
  const { it, givenUp } = elsewhere({ megabytes: 24, workers: 1 });
  await expect(it.run("grow", [], { room: "!a" })).rejects.toMatchObject({ code: "TOO_MUCH_WORK" });
  expect(await it.run("twice", [3], { room: "!a" })).toBe(6);
  expect(givenUp).toEqual(["grow of !a"]);
});

test("no room waits for what another has piled up", async () => {
  const { it } = elsewhere({ ms: 1_500, workers: 2 });
  const done: string[] = [];
  const ask = (room: string, work: Promise<unknown>) =>
    work.then(
      () => void done.push(room),
      () => void done.push(`${room} given up`),
    );
  const piled = [
    ask("!flood", it.run("forever", [], { room: "!flood" })),
    ...Array.from({ length: 5 }, () => ask("!flood", it.run("wait", [50], { room: "!flood" }))),
  ];
  await ask("!quiet", it.run("twice", [1], { room: "!quiet" }));
  expect(done).toEqual(["!quiet"]);
  await Promise.all(piled);
  expect(done.filter((room) => room === "!flood")).toHaveLength(5);
});

test("with one worker alone rooms take turns", async () => {
  const { it } = elsewhere({ workers: 1 });
  const order: string[] = [];
  const ask = (name: string, room: string) => it.run("wait", [5], { room }).then(() => void order.push(name));
  await Promise.all([ask("a1", "!a"), ask("a2", "!a"), ask("a3", "!a"), ask("b1", "!b"), ask("c1", "!c")]);
  expect(order.indexOf("b1")).toBeLessThan(order.indexOf("a3"));
  expect(order.indexOf("c1")).toBeLessThan(order.indexOf("a3"));
});

test("so much of a room waits and no more", async () => {
  const { it } = elsewhere({ waiting: 3, workers: 1 });
  const all = await Promise.allSettled(Array.from({ length: 8 }, () => it.run("wait", [1], { room: "!a" })));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
});

test("the same is worked out once, also for those who ask meanwhile; what failed is tried anew", async () => {
  const { it } = elsewhere({ kept: 2 });
  const under = (key: string) => it.run("wait", [20], { room: "!a", key });
  const [one, other] = [under("x"), under("x")];
  expect(one).toBe(other);
  await one;
  expect(under("x")).toBe(one);
  await Promise.all([under("y"), under("z")]);
  expect(under("x")).not.toBe(one);
  const failing = () => it.run("fail", [], { room: "!a", key: "f" });
  const first = failing();
  await expect(first).rejects.toThrow();
  expect(failing()).not.toBe(first);
});

test("the service's own worker knows the service's work", async () => {
  const it = new Elsewhere<Jobs>({ script: new URL("./worker.ts", import.meta.url) });
  onTestFinished(() => it.close());
  expect(await it.run("findDecisions", [[], []], { room: "!a" })).toEqual([]);
});
