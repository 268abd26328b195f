import { turnOf } from "../circle/meeting.ts";
import { ofRoom } from "./scope.ts";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { council } from "../../tests/support/circle/play.ts";
import { openDatabase } from "../store/database.ts";
import { Inbox } from "./inbox.ts";
import { Journal } from "./journal.ts";
import { Meetings } from "./meetings.ts";
import { Outbox } from "./outbox.ts";
import { StorageGuard } from "../store/storage-guard.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { eventId, personId, roomId } from "../../tests/support/protocol/ids.ts";

const by = (who: string) =>
  ({ actor: madeActor(personId(`@${who}:x`), { moderates: true }), at: 1_000, expectedVersion: null }) as const;

const ROOM = roomId("!room");

let db: Database.Database;
let guard: StorageGuard;
let meetings: Meetings;

beforeEach(() => {
  vi.useFakeTimers();
  db = openDatabase(join(mkdtempSync(join(tmpdir(), "mindminder-")), "mm.db"));
  guard = new StorageGuard({ db, log: pino({ level: "silent" }) });
  meetings = new Meetings({
    journal: new Journal(db),
    now: () => 1_000,
    languageOf: () => "en",
    onUnreadable: (_, error) => {
      throw error;
    },
    onNotKept: (error) => guard.failed(error),
  });
  guard.whenBack(() => meetings.goOn());
  for (const who of ["ann", "bob"]) meetings.send(ROOM, { type: "join", name: who, ...by(who) });
  meetings.send(ROOM, { type: "start", plan: council(), topic: "", seed: 1, ...by("ann") });
});

afterEach(() => {
  guard.stop();
  meetings.stop();
  db.close();
  vi.useRealTimers();
});

/** Fills the disk, as it were: SQLite takes no page more than it has. */
function fill(): void {
  db.exec("CREATE TABLE IF NOT EXISTS ballast (b BLOB)");
  db.pragma(`max_page_count = ${Number(db.pragma("page_count", { simple: true })) + 2}`);
  try {
    for (;;) db.prepare("INSERT INTO ballast VALUES (zeroblob(100))").run();
  } catch {
    // Full.
  }
}

function makeSpace(): void {
  db.pragma("max_page_count = 1000000");
}

const LONG_NOTE = {
  type: "utterance-heard",
  utterance: {
    id: "u1",
    turn: 1,
    speaker: personId("@ann:x"),
    startedAt: 1,
    endedAt: 2,
    text: "x".repeat(9_000),
    segments: [],
  },
} as never;

test("where it cannot be kept, a command is refused and changes nothing; what was heard meanwhile is in the record as soon as there is space", () => {
  const before = meetings.of(ROOM)!;
  fill();
  meetings.note(before.meeting.id, LONG_NOTE);
  expect(guard.broken).toBe(true);
  for (let tries = 0; tries < 100; tries++) {
    const decision = meetings.send(ROOM, { type: "extend", byMs: 1_000, ...by("ann") });
    if (!decision.accepted) {
      expect(decision.refusal.code).toBe("not-kept");
      break;
    }
    expect(tries).toBeLessThan(99);
  }
  const refused = meetings.of(ROOM)!.meeting;
  expect(new Journal(db).read(before.meeting.id).length).toBeGreaterThanOrEqual(refused.version);
  makeSpace();
  vi.advanceTimersByTime(1_000);
  expect(guard.broken).toBe(false);
  expect(meetings.of(ROOM)!.record.utterances.map(({ id }) => id)).toEqual(["u1"]);
  // The person was told that it was not done: nor is it done afterwards.
  expect(turnOf(meetings.of(ROOM)!.meeting)?.limitMs).toBe(turnOf(refused)?.limitMs);
  expect(meetings.send(ROOM, { type: "pass", ...by("ann") }).accepted).toBe(true);
});

test("what is found missing twice while it cannot be written is added once, and told of once it stands", () => {
  const { id } = meetings.of(ROOM)!.meeting;
  const told: (string | undefined)[] = [];
  fill();
  const long = () => (meetings.of(ROOM)!.record.utterances.length > 0 ? undefined : LONG_NOTE);
  for (let times = 0; times < 2; times++) meetings.noteAsItStands(id, long, (event) => told.push(event?.type));
  expect(told).toEqual([]);
  makeSpace();
  vi.advanceTimersByTime(1_000);
  expect(meetings.of(ROOM)!.record.utterances).toHaveLength(1);
  expect(told).toEqual(["utterance-heard", undefined]);
});

test("work that could not be kept is done again, whole, until there is space", async () => {
  const done: string[] = [];
  fill();
  const kept = guard.untilKept(async () => {
    done.push("begun");
    db.prepare("INSERT INTO ballast VALUES (zeroblob(9000))").run();
    done.push("kept");
  }, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(done).not.toContain("kept");
  makeSpace();
  await vi.advanceTimersByTimeAsync(1_000);
  await kept;
  expect(done.slice(-2)).toEqual(["begun", "kept"]);
});

test("a service that ends on a full disk does not wait for space", async () => {
  fill();
  const full = async () => void db.prepare("INSERT INTO ballast VALUES (zeroblob(9000))").run();
  const waiting = guard.untilKept(full, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(10);
  guard.stop();
  await waiting;
  await guard.untilKept(full, new AbortController().signal);
  expect(guard.broken).toBe(false);
});

test("a command whose event could not be noted down as handled has not happened", () => {
  const inbox = new Inbox(db);
  const outbox = new Outbox(db);
  const before = meetings.of(ROOM)!.meeting;
  inbox.receive([{ event_id: eventId("$pass"), type: "m.room.message", room_id: ROOM }], 1_000);
  fill();
  const answer = {
    scope: ofRoom(ROOM),
    key: { kind: "answer", event: eventId("$pass") },
    room: ROOM,
    thread: null,
    type: "m.room.message",
    content: { body: "y".repeat(9_000) },
  } as const;
  const handling = () =>
    inbox.handling(eventId("$pass"), () => {
      meetings.send(ROOM, { type: "pass", ...by("ann") });
      outbox.want([answer]);
    });
  let failure: unknown;
  try {
    handling();
  } catch (error) {
    failure = error;
  }
  expect(guard.failed(failure)).toBe(true);
  makeSpace();
  vi.advanceTimersByTime(1_000);
  expect(meetings.of(ROOM)!.meeting).toEqual(before);
  expect(outbox.waiting()).toBe(0);
  handling();
  expect(turnOf(meetings.of(ROOM)!.meeting)?.speaker).toBe("@bob:x");
});
