import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Arrived, arrivedBy, LinkWatch } from "./link-watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  let arrived: Arrived | null = null;
  let backs = 0;
  const said: boolean[] = [];
  const watch = new LinkWatch({
    arrived: async () => arrived,
    onQuiet: (quiet) => said.push(quiet),
    onBack: () => (backs += 1),
  });
  const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  /** A packet every so often, and a question every 2.5 s that is answered. */
  const flows = async (ms: number, every = 400) => {
    for (let passed = 0; passed < ms; passed += every) {
      arrived = { count: (arrived?.count ?? 0) + 1, unanswered: arrived?.unanswered ?? 0 };
      await passes(every);
    }
  };
  return {
    watch,
    flows,
    passes,
    /** Nothing comes, and one question after another stays open. */
    breaks: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 500) {
        if (arrived) arrived = { ...arrived, unanswered: arrived.unanswered + 1 };
        await passes(500);
      }
    },
    backs: () => backs,
    said,
    anew: () => (arrived = { count: 0, unanswered: 0 }),
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

test("a person is told within 2.3 s that their link broke while somebody talked, and that it is back", async () => {
  const { watch, flows, breaks, said } = watched();
  await flows(10_000);
  await breaks(1_500);
  expect(said).toEqual([]);
  await breaks(800);
  expect(said).toEqual([true]);
  await breaks(2_000);
  await flows(800);
  expect(said).toEqual([true, false]);
  watch.stop();
});

test("a person is not told so where the speaker’s own link broke: the server answers all the same", async () => {
  const { watch, flows, passes, said } = watched();
  await flows(10_000);
  for (let times = 0; times < 5; times++) {
    await passes(2_400);
    await flows(400);
  }
  expect(said).toEqual([]);
  watch.stop();
});

test("a person is not told so in a quiet call, where one answer may get lost, until nothing came for longer", async () => {
  const { watch, flows, breaks, said } = watched();
  for (let times = 0; times < 5; times++) {
    await flows(400);
    await breaks(2_400);
  }
  expect(said).toEqual([]);
  await breaks(1_500);
  expect(said).toEqual([true]);
  watch.stop();
});

test("a quiet call, in which only every third second something arrives, and another connection, are no breaks", async () => {
  const { watch, flows, passes, backs, anew } = watched();
  await flows(2_000);
  for (let times = 0; times < 5; times++) {
    await passes(2_400);
    await flows(400);
  }
  await passes(6_000);
  anew();
  await passes(1_000);
  expect(backs()).toBe(0);
  watch.stop();
});

test("what arrived is counted over all ways, bytes and answers alike, and what stays unanswered", () => {
  const stats = new Map<string, object>([
    ["a", { type: "candidate-pair", bytesReceived: 7, requestsSent: 5, responsesReceived: 2 }],
    ["b", { type: "candidate-pair", requestsSent: 1, responsesReceived: 1 }],
    ["c", { type: "inbound-rtp", bytesReceived: 100 }],
  ]);
  expect(arrivedBy(stats as unknown as RTCStatsReport)).toEqual({ count: 10, unanswered: 3 });
});
