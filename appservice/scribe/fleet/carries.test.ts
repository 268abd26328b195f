import { availableParallelism } from "node:os";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Engine } from "../engine.ts";
import { measured, mostSlots } from "./carries.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Measures with the clock ahead of the machine, which may be busy. */
async function found(engine: Engine, most: number) {
  const finding = measured(engine, most);
  await vi.runAllTimersAsync();
  return finding;
}

/** Engine that carries so many pieces side by side, each in 60 ms. */
function engineOf(cores: number): Engine {
  let free: Promise<unknown>[] = Array.from({ length: cores }, async () => {});
  return {
    id: "cores",
    model: "none",
    takesVocabulary: false,
    async transcribe() {
      const [core = Promise.resolve(), ...others] = free;
      // Decoding takes a core for its time.
      const done = core.then(() => new Promise((resolve) => setTimeout(resolve, 60)));
      free = [...others, done];
      await done;
      return { text: "", language: null };
    },
  };
}

test("a worker finds by itself how much it carries", async () => {
  expect((await found(engineOf(1), 8)).slots).toBe(1);
  expect((await found(engineOf(4), 8)).slots).toBe(4);
  const { slots, rate } = await found(engineOf(64), 2);
  expect(slots).toBe(2);
  expect(rate).toBeGreaterThan(10);
});

test("on this machine it asks for no more than its cores and Node's threads", () => {
  expect(mostSlots(false, 1)).toBe(1);
  expect(mostSlots(false, 1_000)).toBe(availableParallelism());
  expect(mostSlots(true, 1)).toBe(16);
});
