import { expect, test } from "vitest";
import { DecodingQueue } from "./decoding-queue.ts";
import type { Engine, Speech, Transcript } from "./engine.ts";

/** Makes an engine whose decodings end when the test says so. */
function handEngine() {
  const running = new Map<string, { finish(): void; fail(error: Error): void }>();
  const engine: Engine = {
    id: "hand",
    model: "none",
    takesVocabulary: false,
    transcribe: ({ vocabulary: [name = ""] }) =>
      new Promise<Transcript>((resolve, reject) => {
        running.set(name, {
          finish: () => (running.delete(name), resolve({ text: name, language: null })),
          fail: (error) => (running.delete(name), reject(error)),
        });
      }),
  };
  return { engine: Promise.resolve(engine), running, names: () => [...running.keys()] };
}

const speech = (name: string): Speech => ({ samples: new Float32Array(1), language: "en", vocabulary: [name] });
const inMeeting = (meeting: string) => ({ meeting, sound: "a sound" });
const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("two are decoded side by side, the others in the order they came", async () => {
  const { engine, running, names } = handEngine();
  const queue = new DecodingQueue(engine);
  const done: string[] = [];
  for (const name of ["a", "b", "c", "d"])
    void queue.final(inMeeting("m"), speech(name), never).then(({ text }) => done.push(text));
  await settled();
  expect(names()).toEqual(["a", "b"]);
  running.get("b")?.finish();
  await settled();
  expect(names()).toEqual(["a", "c"]);
  running.get("a")?.finish();
  await settled();
  expect(names()).toEqual(["c", "d"]);
  expect(done).toEqual(["b", "a"]);
});

test("a caption leaves one place free, and none is made while anything waits", async () => {
  const { engine, running, names } = handEngine();
  const queue = new DecodingQueue(engine);
  void queue.partial("turn", speech("caption"), never);
  expect(queue.partial("turn", speech("second caption"), never)).toBeNull();
  void queue.final(inMeeting("m"), speech("a"), never);
  void queue.final(inMeeting("m"), speech("b"), never);
  await settled();
  expect(names().sort()).toEqual(["a", "caption"]);
  running.get("caption")?.finish();
  await settled();
  expect(names()).toEqual(["a", "b"]);
  expect(queue.partial("turn", speech("third caption"), never)).toBeNull();
});

test("a failure is told to whoever asked, and the next ones go on", async () => {
  const { engine, running } = handEngine();
  const queue = new DecodingQueue(engine);
  const first = queue.final(inMeeting("m"), speech("a"), never);
  const second = queue.final(inMeeting("m"), speech("b"), never);
  await settled();
  running.get("a")?.fail(new Error("broken"));
  running.get("b")?.finish();
  await expect(first).rejects.toThrow("broken");
  await expect(second).resolves.toMatchObject({ text: "b" });
});

test("what nobody waits for any more is not begun", async () => {
  const { engine, running, names } = handEngine();
  const queue = new DecodingQueue(engine);
  void queue.final(inMeeting("m"), speech("a"), never);
  void queue.final(inMeeting("m"), speech("b"), never);
  const aborted = queue.final(inMeeting("m"), speech("c"), AbortSignal.abort(new Error("too late")));
  await settled();
  running.get("a")?.finish();
  await expect(aborted).rejects.toThrow("too late");
  expect(names()).toEqual(["b"]);
});

test("an engine that cannot be opened is told to each who asks", async () => {
  const queue = new DecodingQueue(Promise.reject(new Error("no model")));
  await expect(queue.final(inMeeting("m"), speech("a"), never)).rejects.toThrow("no model");
  await expect(queue.final(inMeeting("m"), speech("b"), never)).rejects.toThrow("no model");
});

test("a meeting in which much is said does not keep another waiting", async () => {
  const { engine, running, names } = handEngine();
  const queue = new DecodingQueue(engine);
  for (const name of ["a1", "a2", "a3", "a4", "a5"]) void queue.final(inMeeting("a"), speech(name), never);
  void queue.final(inMeeting("b"), speech("b1"), never);
  void queue.final(inMeeting("c"), speech("c1"), never);
  const order: string[] = [];
  for (let round = 0; round < 7; round++) {
    await settled();
    const [first = ""] = names();
    order.push(first);
    running.get(first)?.finish();
  }
  expect(order).toEqual(["a1", "a2", "a3", "b1", "c1", "a4", "a5"]);
});

test("what is late is made into text once nothing else waits, one at a time", async () => {
  const { engine, running, names } = handEngine();
  const queue = new DecodingQueue(engine);
  void queue.late(inMeeting("m"), speech("late 1"), never);
  void queue.late(inMeeting("m"), speech("late 2"), never);
  void queue.final(inMeeting("m"), speech("a"), never);
  void queue.final(inMeeting("m"), speech("b"), never);
  await settled();
  expect(names()).toEqual(["late 1", "a"]);
  expect(queue.waiting).toEqual({
    final: { pieces: 1, seconds: 1 / 16_000 },
    late: { pieces: 1, seconds: 1 / 16_000 },
  });
  running.get("late 1")?.finish();
  await settled();
  expect(names()).toEqual(["a", "b"]);
  running.get("b")?.finish();
  await settled();
  expect(names()).toEqual(["a", "late 2"]);
});

test("captions get rarer as speech waits, stop when much does, and come back; what is said is written down all the same", async () => {
  let now = 0;
  const { engine, running, names } = handEngine();
  const queue = new DecodingQueue(engine, { now: () => now });
  const seconds = (length: number, name: string): Speech => ({
    ...speech(name),
    samples: new Float32Array(length * 16_000),
  });
  expect(queue.captionEvery(700)).toBe(700);
  for (const name of ["a", "b", "c"]) void queue.final(inMeeting("m"), seconds(6, name), never);
  expect(queue.captionEvery(700)).toBe(2_100);
  void queue.final(inMeeting("m"), seconds(12, "d"), never);
  expect(queue.captionEvery(700)).toBeNull();
  for (const _ of "abcd") {
    await settled();
    running.get(names()[0] ?? "")?.finish();
  }
  await settled();
  expect(names()).toEqual([]);
  now += 10_000;
  expect(queue.captionEvery(700)).toBe(2_800);
  now += 1_000_000;
  expect(queue.captionEvery(700)).toBeCloseTo(700, 0);
});

test("captions of English are the quick engine's, others and all that is written down are not", async () => {
  const [careful, quick] = [handEngine(), handEngine()];
  const queue = new DecodingQueue(careful.engine, { quick: quick.engine });
  void queue.partial("turn", speech("english"), never);
  await settled();
  expect([careful.names(), quick.names()]).toEqual([[], ["english"]]);
  quick.running.get("english")?.finish();
  await settled();
  void queue.partial("turn", { ...speech("russian"), language: "ru" }, never);
  void queue.final(inMeeting("m"), speech("final"), never);
  await settled();
  expect([careful.names().sort(), quick.names()]).toEqual([["final", "russian"], []]);
});
