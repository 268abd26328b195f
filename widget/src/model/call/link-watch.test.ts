import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { arrivedBy, LinkWatch } from "./link-watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  let count: number | null = null;
  let backs = 0;
  const watch = new LinkWatch({ arrived: async () => count, onBack: () => (backs += 1) });
  /** A packet every 400 ms. */
  const flows = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 400) {
      count = (count ?? 0) + 1;
      await vi.advanceTimersByTimeAsync(400);
    }
  };
  return {
    watch,
    flows,
    breaks: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    backs: () => backs,
    anew: () => (count = 0),
  };
}

test("a link that breaks for 5 s is back within half a second of its first packet, and once", async () => {
  const { watch, flows, breaks, backs } = watched();
  await flows(10_000);
  await breaks(5_000);
  expect(backs()).toBe(0);
  await flows(800);
  expect(backs()).toBe(1);
  await flows(10_000);
  expect(backs()).toBe(1);
  watch.stop();
});

test("a quiet call, in which only every third second something arrives, and another connection, are no breaks", async () => {
  const { watch, flows, breaks, backs, anew } = watched();
  await flows(2_000);
  for (let times = 0; times < 5; times++) {
    await breaks(2_400);
    await flows(400);
  }
  await breaks(6_000);
  anew();
  await breaks(1_000);
  expect(backs()).toBe(0);
  watch.stop();
});

test("what arrived is counted over all ways, bytes and answers alike", () => {
  const stats = new Map<string, object>([
    ["a", { type: "candidate-pair", bytesReceived: 7, responsesReceived: 2 }],
    ["b", { type: "candidate-pair", responsesReceived: 1 }],
    ["c", { type: "inbound-rtp", bytesReceived: 100 }],
  ]);
  expect(arrivedBy(stats as unknown as RTCStatsReport)).toBe(10);
});
