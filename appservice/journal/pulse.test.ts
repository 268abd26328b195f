import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import { refuseWrites, takeWrites } from "../../tests/support/journal/refusing-disk.ts";
import type { Meeting } from "../circle/meeting.ts";
import { NO_DRAFTS } from "../record/drafts.ts";
import { EMPTY_RECORD } from "../record/state.ts";
import { openDatabase } from "../store/database.ts";
import { unitOf } from "../store/unit-of-work.ts";
import { Absences } from "./absences.ts";
import type { LiveMeeting } from "./live-meeting.ts";
import { Pulse } from "./pulse.ts";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const pulseOn = (db = openDatabase(":memory:")) => ({ db, pulse: new Pulse(db, Date.now) });

describe("the pulse", () => {
  test("that never beat says so, and that all is missed", () => {
    const { pulse } = pulseOn();
    expect([pulse.lastAt, pulse.missedSince()]).toEqual([null, 0]);
  });

  test("misses what is longer than five seconds, counted from its last beat", () => {
    const { pulse } = pulseOn();
    pulse.beat(false);
    expect([pulse.lastAt, pulse.missedSince()]).toEqual([1_000_000, null]);
    vi.setSystemTime(1_005_000);
    expect(pulse.missedSince()).toBeNull();
    vi.setSystemTime(1_005_001);
    expect(pulse.missedSince()).toBe(1_000_000);
  });

  test("is known after a restart as far as it was kept, and all since then is missed until it beats", () => {
    const { db, pulse } = pulseOn();
    pulse.beat(true);
    vi.setSystemTime(1_001_000);
    pulse.beat(false);
    const again = new Pulse(db, Date.now);
    expect([again.lastAt, again.missedSince()]).toEqual([1_000_000, 1_000_000]);
    again.beat(true);
    expect([again.missedSince(), new Pulse(db, Date.now).lastAt]).toEqual([null, 1_001_000]);
  });

  test("in a unit that failed did not beat", () => {
    const { db, pulse } = pulseOn();
    pulse.beat(true);
    vi.setSystemTime(1_002_000);
    const fails = () => {
      pulse.beat(true);
      expect(pulse.lastAt).toBe(1_002_000);
      throw new Error("the disk is full");
    };
    expect(() => unitOf(db).run(fails)).toThrow("full");
    expect(pulse.lastAt).toBe(1_000_000);
    const never = pulseOn();
    const failsFirst = () => {
      never.pulse.beat(false);
      throw new Error("no");
    };
    expect(() => unitOf(never.db).run(failsFirst)).toThrow("no");
    expect([never.pulse.lastAt, never.pulse.missedSince()]).toEqual([null, 0]);
  });

  test("waits for nobody who holds the database, and leaves others their patience", () => {
    const { db, pulse } = pulseOn();
    const patience = () => db.pragma("busy_timeout", { simple: true });
    const before = patience();
    pulse.beat(true);
    expect(patience()).toBe(before);
  });
});

describe("a beat that is to be kept and cannot be", () => {
  test("leaves the last one, so what comes after it is missed", () => {
    const { db, pulse } = pulseOn();
    pulse.beat(true);
    refuseWrites(db);
    vi.setSystemTime(1_006_000);
    pulse.beat(true);
    expect([pulse.lastAt, pulse.missedSince()]).toEqual([1_000_000, 1_000_000]);
    takeWrites(db);
    pulse.beat(true);
    expect([pulse.lastAt, pulse.missedSince()]).toEqual([1_006_000, null]);
  });

  test("has the whole unit come to nothing in which it beat", () => {
    const { db, pulse } = pulseOn();
    refuseWrites(db);
    expect(() => unitOf(db).run(() => pulse.beat(true))).toThrow("readonly");
  });

  test("says what is wrong where that is not the disk", () => {
    const { db, pulse } = pulseOn();
    db.exec("DROP TABLE pulse");
    expect(() => pulse.beat(true)).toThrow("no such table");
  });
});

/** Work of the service on absences, with these meetings. */
function house(...meetings: Meeting[]) {
  const { db, pulse } = pulseOn();
  const newest = meetings.map((meeting): LiveMeeting => ({ meeting, record: EMPTY_RECORD, drafts: NO_DRAFTS }));
  const given: [string, number][] = [];
  let looks = 0;
  const absences: Absences = new Absences({
    pulse,
    newest: () => newest,
    giveBack: ({ meeting }, since) => void given.push([meeting.phase, since]),
    look: () => {
      looks++;
      absences.giveBack();
    },
  });
  return { absences, given, looks: () => looks, kept: () => new Pulse(db, Date.now).lastAt };
}
const running = () => new Play().gather("ann", "bob").start("ann", council());

describe("what was missed", () => {
  test("is given back at the start to meetings that go, from their own last moment or the last beat, whichever is later", () => {
    const { absences, given, kept, looks } = house(running().state, new Play().gather("ann").state);
    vi.setSystemTime(2_000_000);
    absences.start();
    expect(given).toEqual([["circle", 1_000_000]]);
    expect([kept(), looks()]).toEqual([2_000_000, 1]);
  });

  test("is not given back where nothing can run out: in a pause, and once it is over", () => {
    const { absences, given } = house(running().by("ann", "pause").state, running().by("ann", "end").state);
    vi.setSystemTime(2_000_000);
    absences.start();
    expect(given).toEqual([]);
  });

  test("is nothing while it beats, which is kept where any meeting goes", () => {
    const { absences, looks, kept } = house(running().state, running().by("ann", "pause").state);
    absences.start();
    absences.start();
    expect([looks(), kept()]).toEqual([1, 1_000_000]);
    vi.advanceTimersByTime(4_000);
    expect([looks(), kept()]).toEqual([1, 1_004_000]);
    absences.giveBack();
    expect(kept()).toBe(1_004_000);
    absences.stop();
    vi.advanceTimersByTime(10_000);
    expect(kept()).toBe(1_004_000);
  });

  test("is not noted on the disk where no meeting goes", () => {
    const { absences, kept } = house(running().by("ann", "pause").state);
    absences.start();
    vi.advanceTimersByTime(4_000);
    expect(kept()).toBe(1_000_000);
  });
});
