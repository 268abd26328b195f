import { expect, test } from "vitest";
import { meetingOf, turnOf } from "../../../dev/made-up-meeting.ts";
import { clockTime } from "../../language/duration.ts";
import { countdownOf } from "./countdown.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

const meeting = meetingOf(["ann", "bob"]);

test("a turn counts down to its limit, and changes its mark at 80 % and for the last ten seconds", () => {
  const marks = [1_000_000, 1_037_900, 1_038_100, 1_040_100].map((now) => countdownOf(meeting, now)?.mark);
  expect(marks).toEqual(["calm", "calm", "late", "last"]);
  expect(countdownOf(meeting, 1_000_000)).toMatchObject({ of: "turn", leftMs: 50_000, fraction: 50 / 60 });
});

test("past the limit the grace runs, and then nothing is left", () => {
  expect(countdownOf(meeting, 1_052_000)).toMatchObject({ of: "grace", leftMs: 3_000, fraction: 0.6, mark: "over" });
  expect(countdownOf(meeting, 1_060_000)).toMatchObject({ of: "grace", leftMs: 0, fraction: 0 });
});

test("in a pause the clock stands where it was", () => {
  const held = turnOf(personId("@ann:x"), {
    status: "held",
    spentMs: 20_000,
    runningSince: null,
    endsAt: null,
    graceEndsAt: null,
  });
  for (const now of [1_000_000, 2_000_000]) {
    expect(countdownOf({ ...meeting, paused: true, turn: held }, now)).toMatchObject({
      of: "standing",
      leftMs: 40_000,
    });
  }
});

test("an offer and a speaker who dropped out count to when they lapse", () => {
  const standing = { runningSince: null, endsAt: null, graceEndsAt: null, lapsesAt: 1_006_000 };
  expect(
    countdownOf({ ...meeting, turn: turnOf(personId("@ann:x"), { ...standing, status: "offered" }) }, 1_000_000),
  ).toMatchObject({ of: "offer", leftMs: 6_000 });
  expect(
    countdownOf({ ...meeting, turn: turnOf(personId("@ann:x"), { ...standing, status: "held" }) }, 1_000_000),
  ).toMatchObject({ of: "return", leftMs: 6_000 });
});

test("between circles it counts to the next one, if that begins by itself", () => {
  const between = { ...meeting, phase: "between" as const, turn: null, nextCircleAt: 1_012_000 };
  expect(countdownOf(between, 1_000_000)).toMatchObject({ of: "next-circle", leftMs: 12_000 });
  expect(countdownOf({ ...between, nextCircleAt: null }, 1_000_000)).toBeNull();
  expect(countdownOf(null, 1_000_000)).toBeNull();
});

test("what is left is rounded up: 0:00 is over", () => {
  expect([60_000, 59_001, 1, 0, -5].map(clockTime)).toEqual(["1:00", "1:00", "0:01", "0:00", "0:00"]);
});
