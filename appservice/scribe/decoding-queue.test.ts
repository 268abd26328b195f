import { expect, test } from "vitest";
import { DecodingQueue } from "./decoding-queue.ts";
import type { Engine, Speech, Transcript } from "./engine.ts";

/** An engine whose decodings end when the test says so. */
function handEngine() {
  const running = new Map<string, { finish(): void; fail(error: Error): void }>();
  const engine: Engine = {
    id: "hand", model: "none",
    transcribe: ({ vocabulary: [name = ""] }) => new Promise<Transcript>((resolve, reject) => {
      running.set(name, {
        finish: () => (running.delete(name), resolve({ text: name, language: null })),
        fail: (error) => (running.delete(name), reject(error)),
      });
    }),
  };
  return { engine: Promise.resolve(engine), running, names: () => [...running.keys()] };
}

const speech = (name: string): Speech => ({ samples: new Float32Array(1), language: "en", vocabulary: [name] });
const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("two are decoded side by side, the others in the order they came", async () => {
  const { engine, running, names } = handEngine();
  const queue = new DecodingQueue(engine);
  const done: string[] = [];
  for (const name of ["a", "b", "c", "d"]) void queue.final(speech(name), never).then(({ text }) => done.push(text));
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
  void queue.partial(speech("caption"), never);
  expect(queue.partial(speech("second caption"), never)).toBeNull();
  void queue.final(speech("a"), never);
  void queue.final(speech("b"), never);
  await settled();
  expect(names()).toEqual(["caption", "a"]);
  running.get("caption")?.finish();
  await settled();
  expect(names()).toEqual(["a", "b"]);
  expect(queue.partial(speech("third caption"), never)).toBeNull();
});

test("a failure is told to whoever asked, and the next ones go on", async () => {
  const { engine, running } = handEngine();
  const queue = new DecodingQueue(engine);
  const first = queue.final(speech("a"), never);
  const second = queue.final(speech("b"), never);
  await settled();
  running.get("a")?.fail(new Error("broken"));
  running.get("b")?.finish();
  await expect(first).rejects.toThrow("broken");
  await expect(second).resolves.toMatchObject({ text: "b" });
});

test("what nobody waits for any more is not begun", async () => {
  const { engine, running, names } = handEngine();
  const queue = new DecodingQueue(engine);
  void queue.final(speech("a"), never);
  void queue.final(speech("b"), never);
  const aborted = queue.final(speech("c"), AbortSignal.abort(new Error("too late")));
  await settled();
  running.get("a")?.finish();
  await expect(aborted).rejects.toThrow("too late");
  expect(names()).toEqual(["b"]);
});

test("an engine that cannot be opened is told to each who asks", async () => {
  const queue = new DecodingQueue(Promise.reject(new Error("no model")));
  await expect(queue.final(speech("a"), never)).rejects.toThrow("no model");
  await expect(queue.final(speech("b"), never)).rejects.toThrow("no model");
});
