import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ToScribe } from "../protocol/scribe-messages.ts";
import { SecondEar } from "./second-ear.ts";
import { meetingId, personId } from "../../tests/support/protocol/ids.ts";

const START = 1_000_000;
beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

const MEETING = meetingId("m12345678");
const ANN = personId("@ann:hs");
const call = { url: "ws://x", token: "t", second: "s" };
const listen = (turn: number, speaker = ANN): ToScribe => ({
  type: "listen",
  meeting: MEETING,
  turn,
  speaker: personId(speaker),
  language: "en",
  vocabulary: [],
  call,
});
const stop = (turn: number): ToScribe => ({ type: "stop", meeting: MEETING, turn });

/** Makes a second ear; everybody who is followed says something in each tenth of a second. */
function scene() {
  const heard = new Map<string, (samples: Float32Array) => void>();
  const ear = new SecondEar(pino({ level: "silent" }), () => ({
    follow: (speaker, hear) => (
      heard.set(speaker, hear), { deafMs: () => 0, deafWithin: () => 0, end: () => void heard.delete(speaker) }
    ),
    move() {},
    rekey() {},
    admit() {},
    close: () => heard.clear(),
  }));
  const passes = (seconds: number) => {
    for (let tenth = 0; tenth < seconds * 10; tenth++) {
      vi.advanceTimersByTime(100);
      for (const hear of [...heard.values()]) hear(new Float32Array(1_600).fill(0.5));
    }
  };
  const seconds = (from: number, to: number) =>
    (ear.recall({ meeting: MEETING, speaker: ANN }, START + from * 1_000, START + to * 1_000).sound?.samples.length ??
      0) / 16_000;
  return { ear, heard, passes, seconds };
}

test("what was said in a turn can be had until a minute after it, and nothing that was said after its end", () => {
  const { ear, heard, passes, seconds } = scene();
  ear.note(listen(1));
  passes(10);
  ear.note(stop(1));
  passes(20);
  expect([...heard.keys()]).toEqual([]);
  expect(seconds(0, 30)).toBeCloseTo(10.2, 0);
  expect(seconds(10.5, 30)).toBe(0);
  passes(60);
  expect(seconds(0, 90)).toBe(0);
});

test("whoever withdraws in a turn and agrees again is heard on, and not what they said meanwhile", () => {
  const { ear, heard, passes, seconds } = scene();
  ear.note(listen(1));
  passes(5);
  ear.note(stop(1));
  passes(10);
  ear.note(listen(1));
  passes(70);
  expect([...heard.keys()]).toEqual([ANN]);
  expect(seconds(75, 85)).toBeCloseTo(10, 0);
  ear.note({ type: "leave", meeting: MEETING });
  expect(heard.size).toBe(0);
});

test("without a way in of its own it hears nothing, and says so", () => {
  const { ear, heard, passes } = scene();
  ear.note({ ...listen(1), call: { url: "ws://x", token: "t" } } as ToScribe);
  passes(5);
  expect(heard.size).toBe(0);
  expect(ear.recall({ meeting: MEETING, speaker: ANN }, START, START + 5_000)).toEqual({
    sound: null,
    unheardMs: 5_000,
  });
});
