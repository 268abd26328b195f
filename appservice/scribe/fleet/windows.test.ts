import { expect, test } from "vitest";
import { Windows } from "./windows.ts";

/** Work that ends when the test says so. */
function scene(size: number) {
  const windows = new Windows(size);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (meeting: string, name: string, signal = new AbortController().signal) =>
    windows.run(
      meeting,
      () => {
        begun.push(name);
        return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
      },
      signal,
    );
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { run, begun, end: (name: string) => ends.get(name)?.(), settled };
}

test("of each meeting so much is under way and no more, in the order it was said", async () => {
  const { run, begun, end, settled } = scene(2);
  for (const name of ["a1", "a2", "a3", "a4"]) void run("a", name);
  void run("b", "b1");
  await settled();
  expect(begun).toEqual(["a1", "a2", "b1"]);
  end("a2");
  await settled();
  expect(begun).toEqual(["a1", "a2", "b1", "a3"]);
});

test("who gave up waiting is not begun, and takes nobody's place", async () => {
  const { run, begun, end, settled } = scene(1);
  const first = run("a", "first");
  const gaveUp = new AbortController();
  const second = run("a", "second", gaveUp.signal);
  const third = run("a", "third");
  gaveUp.abort(new Error("too late"));
  await expect(second).rejects.toThrow("too late");
  end("first");
  await settled();
  end("third");
  expect([await first, await third]).toEqual(["first", "third"]);
  expect(begun).toEqual(["first", "third"]);
});

test("a failure makes room like a success", async () => {
  const windows = new Windows(1);
  const { signal } = new AbortController();
  await expect(windows.run("a", () => Promise.reject(new Error("broken")), signal)).rejects.toThrow("broken");
  await expect(windows.run("a", async () => "next", signal)).resolves.toBe("next");
});
