import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Guard } from "./guard.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A guard whose watcher comes in, and falls out, when the test says so. */
function scene() {
  const watcher = { watching: false, close: async () => {}, lost: (_reason: string) => {} };
  const reach = { away: null as { readonly why: "silent" } | null, look: () => {} };
  const token = () => Promise.resolve("");
  let looks = 0;
  const guard = new Guard({
    livekit: {
      tokens: { person: token, voice: token, scribe: token, secondEar: token, watcher: token, witness: token },
      watch: ({ onLost }) => {
        watcher.lost = (reason) => {
          watcher.watching = false;
          onLost(reason);
        };
        return watcher;
      },
      witness: () => ({ close() {} }),
    },
    reach,
    name: () => "call",
    open: async () => {},
    seen: {
      everybody: () => {},
      arrived: () => {},
      left: () => {},
      published: () => {},
      unpublished: () => {},
      muted: () => {},
      unmuted: () => {},
    },
    onWithheld: () => {},
    onEntering: () => {},
    onWatching: () => {},
    onLost: () => {},
    onState: () => {},
    look: () => (looks += 1),
    isSettled: () => true,
    watchOnMs: undefined,
  });
  guard.keep();
  const looksIn = async (ms: number) => {
    looks = 0;
    await vi.advanceTimersByTimeAsync(ms);
    return looks;
  };
  return { guard, watcher, reach, looksIn };
}

test("while the watcher is not in, however long its entry hangs, LiveKit's list is looked at every second", async () => {
  const { watcher, looksIn, guard } = scene();
  expect(await looksIn(8_100)).toBe(8);
  watcher.watching = true;
  await looksIn(1_000);
  expect(await looksIn(10_000)).toBe(0);
  watcher.lost("its connection broke");
  expect(await looksIn(3_100)).toBe(3);
  await guard.close();
  expect(await looksIn(5_000)).toBe(0);
});

test("a LiveKit that is away is not looked at", async () => {
  const { reach, looksIn, guard } = scene();
  reach.away = { why: "silent" };
  expect(await looksIn(5_000)).toBe(0);
  reach.away = null;
  expect(await looksIn(2_000)).toBe(2);
  await guard.close();
});
