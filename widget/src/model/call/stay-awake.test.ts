// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { Store } from "../store.ts";
import { OUT_OF_CALL, type LocalCallState } from "./call-state.ts";
import { stayAwake } from "./stay-awake.ts";

const locks: { released: boolean }[] = [];
const request = vi.fn(async () => {
  const lock = { released: false };
  locks.push(lock);
  return {
    release: async () => {
      lock.released = true;
    },
  };
});

function on(pointer: "coarse" | "fine") {
  locks.length = 0;
  request.mockClear();
  Object.defineProperty(navigator, "wakeLock", { value: { request }, configurable: true });
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: query.includes(pointer) }));
  const call = new Store<LocalCallState>(OUT_OF_CALL);
  stayAwake(call);
  return call;
}

function look(visibility: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(visibility);
  document.dispatchEvent(new Event("visibilitychange"));
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "wakeLock");
});

test("a phone's screen stays on while in the call, and may go dark after it", async () => {
  const call = on("coarse");
  expect(request).not.toHaveBeenCalled();
  for (const status of ["in", "reconnecting", "in"] as const) call.set({ status });
  expect(request).toHaveBeenCalledTimes(1);
  call.set({ status: "out" });
  await expect.poll(() => locks).toEqual([{ released: true }]);
});

test("it is asked for again when the page is looked at again, as the browser had taken it back", () => {
  const call = on("coarse");
  call.set({ status: "in" });
  look("hidden");
  call.set({ status: "in" });
  expect(request).toHaveBeenCalledTimes(1);
  look("visible");
  expect(request).toHaveBeenCalledTimes(2);
});

test("a desk's screen is its owner's affair", () => {
  on("fine").set({ status: "in" });
  expect(request).not.toHaveBeenCalled();
});
