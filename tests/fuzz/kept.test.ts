import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { council } from "../support/circle/play.ts";
import { DatabaseUnusable, openDatabase } from "../../appservice/store/database.ts";
import { Journal } from "../../appservice/journal/journal.ts";
import { Meetings } from "../../appservice/journal/meetings.ts";
import { MeetingStore } from "../../widget/src/model/meeting/meeting-store.ts";
import { slim } from "../../appservice/circle/slim.ts";
import { snapshotOf } from "../../appservice/circle/snapshot.ts";
import { anything, patient, runs, soon, spoiled, spoiledBytes } from "./hostile.ts";
import { madeActor } from "../support/protocol/made-actor.ts";
import { personId, roomId } from "../support/protocol/ids.ts";

const folder = mkdtempSync(join(tmpdir(), "mindminder-fuzz-"));
const ROOM = roomId("!room:hs");

function meetingsIn(db: Database.Database, unreadable: string[] = []): Meetings {
  return new Meetings({
    journal: new Journal(db),
    now: () => 2_000_000,
    languageOf: () => "ru",
    onUnreadable: (meeting) => void unreadable.push(meeting),
  });
}

function written(file: string): Meetings {
  const meetings = meetingsIn(openDatabase(file));
  const by = (name: string) => ({
    actor: madeActor(personId(`@${name}:hs`)),
    at: 1_000_000,
    expectedVersion: null,
  });
  for (const name of ["ann", "bob"]) meetings.send(ROOM, { type: "join", name, ...by(name) });
  meetings.send(ROOM, { type: "start", plan: council(), topic: "чай", seed: 1, ...by("ann") });
  meetings.send(ROOM, { type: "pass", ...by("ann") });
  meetings.stop();
  return meetings;
}

const original = join(folder, "original.db");
const snapshot = slim(snapshotOf(written(original).of(ROOM)!.meeting, 1_000_500));
const rows = (() => {
  const db = new Database(original);
  db.pragma("wal_checkpoint(TRUNCATE)");
  const found = db.prepare("SELECT seq, body FROM events ORDER BY seq").all() as { seq: number; body: string }[];
  db.close();
  return found;
})();
const whole = readFileSync(original);

test(
  "whatever an entry of the journal holds, the service starts: the meeting is read or set aside, and others can begin",
  patient,
  async () => {
    const entry = fc
      .oneof(spoiled(rows.map(({ body }) => JSON.parse(body) as unknown)), anything)
      .map((value) => JSON.stringify(value) ?? "");
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: rows.length - 1 }), entry, async (at, body) => {
        const file = join(folder, "entry.db");
        for (const ending of ["", "-wal", "-shm"]) rmSync(file + ending, { force: true });
        writeFileSync(file, whole);
        const db = openDatabase(file);
        db.prepare("UPDATE events SET body = ? WHERE seq = ?").run(body, rows[at]?.seq);
        await soon(() => {
          const unreadable: string[] = [];
          const meetings = meetingsIn(db, unreadable);
          expect(meetings.of(ROOM) !== null || unreadable.length === 1).toBe(true);
          meetings.start();
          const by = { actor: madeActor(personId("@ann:hs")), at: 2_000_000, expectedVersion: null };
          meetings.send(roomId("!other:hs"), { type: "join", name: "Ann", ...by });
          expect(meetings.of(roomId("!other:hs"))?.meeting.people.length).toBe(1);
          meetings.stop();
        });
        db.close();
      }),
      runs(60),
    );
  },
);

test(
  "whatever happened to the bytes of the database, it opens, or is refused by its name, and is not written to",
  patient,
  async () => {
    await fc.assert(
      fc.asyncProperty(spoiledBytes([whole]), async (bytes) => {
        const file = join(folder, "bytes.db");
        for (const ending of ["", "-wal", "-shm"]) rmSync(file + ending, { force: true });
        writeFileSync(file, bytes);
        await soon(() => {
          let db: Database.Database;
          try {
            db = openDatabase(file);
          } catch (error) {
            expect(error).toBeInstanceOf(DatabaseUnusable);
            expect(String(error)).toContain(file);
            expect(readFileSync(file).equals(bytes)).toBe(true);
            return;
          }
          meetingsIn(db).stop();
          db.close();
        });
      }),
      runs(60),
    );
  },
);

test(
  "whatever stands in the call's metadata or the room's state, the widget draws it or says that it cannot",
  patient,
  async () => {
    vi.spyOn(console, "info").mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const metadata = spoiled([
      { meeting: snapshot, record: 3 },
      { meeting: null, record: 0 },
    ]);
    await fc.assert(
      fc.asyncProperty(
        metadata,
        spoiled([snapshot]),
        fc.string({ unit: "binary", maxLength: 100 }),
        async (value, content, text) => {
          const store = new MeetingStore();
          await soon(() => {
            store.fromCall(JSON.stringify(value) ?? "");
            store.fromCall(text);
            store.fromRoom(content);
          });
          const { meeting, unreadable } = store.get();
          expect(meeting === null || meeting.roomId.length > 0).toBe(true);
          expect(typeof unreadable).toBe("boolean");
        },
      ),
      runs(60),
    );
  },
);
