import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Logger } from "pino";
import { missingBy, Reach, type Reached } from "./reach.ts";

const THERE: Reached = { away: null };
const SILENT: Reached = { away: { why: "silent" }, error: new Error("no answer") };
const refused = (apartMs: number | null): Reached => ({
  away: { why: "refuses", status: 401, apartMs },
  error: new Error("401"),
});
/** Longest time that LiveKit is given for an answer. */
const PATIENCE_MS = 1_500;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stage(first: Reached = THERE) {
  const told: string[] = [];
  let answer = first,
    patienceMs = 0,
    asked = 0,
    atOnce = 0;
  const log = {
    error: (facts: object, said: string) => told.push(`${JSON.stringify({ ...facts, err: undefined })} ${said}`),
    warn: (_: object, said: string) => told.push(said),
  } as unknown as Logger;
  const reach = new Reach({
    isNeeded: () => true,
    log,
    ask: async () => {
      asked += 1;
      atOnce += 1;
      expect(atOnce).toBe(1);
      const answered = answer;
      // Answers as a LiveKit that takes a while.
      await new Promise((resolve) => setTimeout(resolve, answered.away?.why === "silent" ? PATIENCE_MS : patienceMs));
      atOnce -= 1;
      return answered;
    },
    onAway: () => told.push("away"),
    onBack: () => told.push("back"),
  });
  return {
    reach,
    told,
    asked: () => asked,
    says: (what: Reached, ms = 0) => {
      answer = what;
      patienceMs = ms;
    },
  };
}

test("a LiveKit that falls silent is away within 5 s, whenever it does; it is said once, and so is its end", async () => {
  for (const quietFor of [0, 1, 500, 999, 1_000]) {
    const { reach, told, says } = stage();
    await vi.advanceTimersByTimeAsync(10_000 + quietFor);
    expect(told).toEqual([]);
    says(SILENT);
    await vi.advanceTimersByTimeAsync(4_500);
    expect(reach.away).toEqual({ why: "silent" });
    expect(missingBy(reach.away)).toEqual(["livekit"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([expect.stringContaining("LiveKit does not answer"), "away"]);
    says(THERE);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS + 600);
    expect(reach.away).toBeNull();
    expect(told.slice(2)).toEqual([expect.stringContaining("answers again"), "back"]);
    reach.close();
  }
});

test("one answer that does not come, again and again, is no outage", async () => {
  const { reach, told, says, asked } = stage();
  for (let time = 0; time < 20; time++) {
    const before = asked();
    says(SILENT);
    while (asked() === before) await vi.advanceTimersByTimeAsync(50);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    says(THERE, 1_400);
    await vi.advanceTimersByTimeAsync(5_000);
  }
  expect(told).toEqual([]);
  reach.close();
});

test.each([
  { why: "another key", answer: refused(0), missing: "livekit-key", said: "refuses our key" },
  { why: "a key, and no time of its own", answer: refused(null), missing: "livekit-key", said: "refuses our key" },
  {
    why: "another time",
    answer: refused(3 * 3_600_000),
    missing: "livekit-clock",
    said: '"secondsApart":10800} LiveKit refuses us, since its clock and ours differ',
  },
])(
  "a LiveKit that refuses us for $why is away at once, and the log and /ready say why",
  async ({ answer, missing, said }) => {
    const { reach, told, says } = stage();
    await vi.advanceTimersByTimeAsync(5_000);
    says(answer);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual([expect.stringContaining(said), "away"]);
    expect(missingBy(reach.away)).toEqual([missing]);
    reach.close();
  },
);

test("a LiveKit that was silent and then refuses us stays away; the log says the new reason", async () => {
  const { reach, told, says } = stage(SILENT);
  await vi.advanceTimersByTimeAsync(10_000);
  says(refused(0));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual([
    expect.stringContaining("does not answer"),
    "away",
    expect.stringContaining("refuses our key"),
  ]);
  reach.close();
});

test("who has reason to look is answered sooner; many of them ask once", async () => {
  const { reach, told, says, asked } = stage();
  await vi.advanceTimersByTimeAsync(100);
  const before = asked();
  says(refused(0), 10);
  for (let time = 0; time < 50; time++) reach.look();
  await vi.advanceTimersByTimeAsync(20);
  expect(told).toContain("away");
  expect(asked() - before).toBe(1);
  reach.close();
});
