import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { council } from "../../tests/support/circle/play.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { turnOf } from "../circle/meeting.ts";
import { openDatabase } from "../store/database.ts";
import { isStorageFailure } from "../store/storage-guard.ts";
import { Journal } from "./journal.ts";
import { Meetings } from "./meetings.ts";
import { Pulse } from "./pulse.ts";

const ROOM = roomId("!room:hs");
const NOON = Date.parse("2026-03-02T12:00:00Z");

let file: string;
let db: Database.Database;
let meetings: Meetings;

/** A service that begins, as one does whose last life was killed: nothing of that was stopped in order. */
function begin(): void {
  db = openDatabase(file);
  db.pragma("busy_timeout = 1");
  meetings = new Meetings({
    journal: new Journal(db),
    pulse: new Pulse(db, Date.now),
    now: Date.now,
    languageOf: () => "en",
    onUnreadable: (_, error) => {
      throw error;
    },
    onNotKept: isStorageFailure,
  });
  meetings.start();
}

/** Ends it as a kill does: its timers never fire again. */
function kill(): void {
  vi.clearAllTimers();
  db.close();
}

const by = (name: string) => ({ actor: madeActor(personId(`@${name}:hs`)), at: Date.now(), expectedVersion: null });
const send = (name: string, type: "accept" | "pass" | "pause" | "resume") => meetings.send(ROOM, { type, ...by(name) });
const turn = () => turnOf(meetings.of(ROOM)?.meeting);

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  file = join(mkdtempSync(join(tmpdir(), "mindminder-")), "mm.db");
  begin();
  for (const name of ["ann", "bob"]) meetings.send(ROOM, { type: "join", name, ...by(name) });
  const plan = council({ accept: "by-next", turnSeconds: 60 });
  meetings.send(ROOM, { type: "start", plan, topic: "", seed: 1, ...by("ann") });
});

afterEach(() => {
  meetings.stop();
  db.close();
  vi.useRealTimers();
});

test("whoever was offered the word while the service was killed and came back has all the time to take it", () => {
  vi.advanceTimersByTime(9_000);
  kill();
  vi.setSystemTime(NOON + 60_000);
  begin();
  expect(turn()).toMatchObject({ speaker: "@ann:hs", status: "offered", lapsesAt: NOON + 70_000 });
  vi.advanceTimersByTime(9_000);
  expect(send("ann", "accept").accepted).toBe(true);
});

test("so it is where the service was killed at the very beginning, before any moment was noted", () => {
  kill();
  vi.setSystemTime(NOON + 60_000);
  begin();
  expect(turn()).toMatchObject({ speaker: "@ann:hs", status: "offered", lapsesAt: NOON + 70_000 });
});

test("a turn goes on after a restart where it was, but for the moments since the last beat", () => {
  send("ann", "accept");
  vi.advanceTimersByTime(30_000);
  kill();
  vi.setSystemTime(NOON + 3600_000);
  begin();
  const spentMs = turn()!.spentMs;
  expect(spentMs).toBeGreaterThanOrEqual(28_000);
  expect(spentMs).toBeLessThanOrEqual(30_000);
});

test("a meeting that began after the last beat, or stood still for long, is given back no more than it lost", () => {
  send("ann", "accept");
  send("ann", "pause");
  vi.advanceTimersByTime(3600_000);
  send("ann", "resume");
  vi.advanceTimersByTime(1_000);
  kill();
  vi.setSystemTime(Date.now() + 50_000);
  begin();
  expect(turn()!.spentMs).toBeLessThanOrEqual(1_000);
  expect(turn()).toMatchObject({ speaker: "@ann:hs", status: "speaking" });
  vi.advanceTimersByTime(58_000);
  expect(turn()?.speaker).toBe("@ann:hs");
});

test("a service that stood still offers the word anew, whoever comes to it first: a timer, or a person", () => {
  for (const first of ["timer", "person"] as const) {
    vi.setSystemTime(Date.now() + 60_000);
    if (first === "person") meetings.send(ROOM, { type: "raise-hand", hand: "reply", ...by("bob") });
    else vi.advanceTimersByTime(2_000);
    expect(turn()?.speaker).toBe("@ann:hs");
    expect(turn()!.lapsesAt! - Date.now()).toBeGreaterThanOrEqual(8_000);
  }
});

test("while the service is there, an offer lapses at its time", () => {
  vi.advanceTimersByTime(9_900);
  expect(turn()?.speaker).toBe("@ann:hs");
  vi.advanceTimersByTime(200);
  expect(turn()?.speaker).toBe("@bob:hs");
});

test("while nothing can be kept nobody loses the word, and then it is offered anew", () => {
  const other = new Database(file);
  vi.advanceTimersByTime(5_000);
  other.exec("BEGIN IMMEDIATE");
  vi.advanceTimersByTime(60_000);
  expect(turn()?.speaker).toBe("@ann:hs");
  other.exec("ROLLBACK");
  other.close();
  meetings.goOn();
  expect(turn()).toMatchObject({ speaker: "@ann:hs", lapsesAt: Date.now() + 10_000 });
});
