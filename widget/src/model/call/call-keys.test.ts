import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MediaKey } from "@mindminder/protocol/media-key.ts";
import { CallKeys } from "./call-keys.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Keys of a call, of which the newest has this epoch once the network is back. */
function callKeys() {
  const there = { newest: 0, network: true, asked: 0 };
  const ring = {
    newest: -1,
    take: async (keys: readonly MediaKey[]) => {
      const isNew = (keys.at(-1)?.epoch ?? -1) > ring.newest;
      ring.newest = Math.max(ring.newest, keys.at(-1)?.epoch ?? -1);
      return isNew;
    },
    goOver: () => {},
  };
  const keys = new CallKeys({
    fetch: async () => {
      there.asked += 1;
      if (!there.network) throw new Error("no network");
      return [{ epoch: there.newest, key: "k" } as MediaKey];
    },
    ring,
    onNewKey: () => {},
  });
  return { there, ring, keys };
}

test("after a long time without network a later key is asked for as patiently as the first", async () => {
  const { there, ring, keys } = callKeys();
  await keys.begin();
  there.network = false;
  keys.heardOf(1);
  await vi.advanceTimersByTimeAsync(60_000);
  const given = there.asked;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(there.asked, "it is given up by now").toBe(given);
  keys.heardOf(2);
  await vi.advanceTimersByTimeAsync(1_500);
  [there.network, there.newest] = [true, 2];
  await vi.advanceTimersByTimeAsync(3_000);
  expect(ring.newest).toBe(2);
});
