import { atOnce } from "./parts-of-work.ts";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import { EventVersions } from "./event-versions.ts";
import { Journal } from "./journal.ts";
import { MIGRATIONS } from "../store/migrations/migrations.ts";
import { databaseOf, linesOf } from "../../tests/support/journal/golden.ts";
import type { Upcaster } from "./upcast/upcaster.ts";
import { meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";

const MEETING = meetingId("mupcast0001");
const gathered = { type: "meeting-gathered", at: 1, id: MEETING, roomId: roomId("!room"), language: "en" };
const joined = { type: "person-joined", at: 2, who: personId("@ann:hs"), name: "Ann", presence: "room" } as const;

/** As if names had been called `called` first, then `as`, and the presence had come later than both. */
const UPCASTERS: readonly Upcaster[] = [
  { kind: "circle", type: "person-joined", from: 2, up: ({ as, ...event }) => ({ ...event, name: as }) },
  {
    kind: "circle",
    type: "person-joined",
    from: 1,
    up: ({ called, ...event }) => ({ ...event, as: called, presence: "room" }),
  },
];

test("events of each older version are read as today's, and today's are written under their version", () => {
  const { name, presence, ...bare } = joined;
  const db = databaseOf([
    { meeting: MEETING, kind: "circle", v: 1, event: gathered },
    { meeting: MEETING, kind: "circle", v: 1, event: { ...bare, called: name } },
    { meeting: MEETING, kind: "circle", v: 2, event: { ...bare, as: name, presence } },
    { meeting: MEETING, kind: "circle", v: 3, event: joined },
  ]);
  const journal = new Journal(db, UPCASTERS);
  journal.append(MEETING, roomId("!room"), 4, [{ kind: "circle", event: joined }], 3);
  expect(
    journal
      .read(MEETING)
      .slice(1)
      .map(({ event }) => event),
  ).toEqual([joined, joined, joined, joined]);
  expect(db.prepare("SELECT v FROM events ORDER BY seq").pluck().all()).toEqual([1, 1, 2, 3, 3]);
});

test("the list of a room's meetings has the names of people who joined in an older version", async () => {
  const { name, presence: _, ...bare } = joined;
  const lines = linesOf("0.1.0").filter(({ meeting }) => meeting === "mgolden0011");
  const older = lines.map((line) =>
    line.event.type === "person-joined" ? { ...line, event: { ...bare, called: name } } : line,
  );
  const past = await new Journal(databaseOf(older), UPCASTERS).past(roomId("!room"));
  expect(past.map(({ people }) => people)).toEqual([["Ann"]]);
});

test("words that are taken back go out of an event of an older version, which is of the present one then", () => {
  const set = { type: "theme-set", at: 3, by: personId("@ann:hs"), circle: 0, message: "$m" };
  const renamed: Upcaster = {
    kind: "circle",
    type: "theme-set",
    from: 1,
    up: ({ about, ...event }) => ({ ...event, theme: about }),
  };
  const db = databaseOf([
    { meeting: MEETING, kind: "circle", v: 1, event: gathered },
    { meeting: MEETING, kind: "circle", v: 1, event: { ...set, about: "secret" } },
    { meeting: MEETING, kind: "record", v: 1, event: { type: "command-taken-back", message: "$m" } },
  ]);
  const journal = new Journal(db, [renamed]);
  expect(journal.commandWords(MEETING, "$m")).toEqual(["secret"]);
  expect([1, 2].map(() => atOnce(journal.words.takeOut(MEETING)))).toEqual([true, false]);
  expect(db.prepare("SELECT v FROM events ORDER BY seq").pluck().all()).toEqual([1, 2, 1]);
  expect(JSON.stringify(db.prepare("SELECT body FROM events").all())).not.toContain("secret");
  expect(journal.read(MEETING)[1]?.event).toEqual({ ...set, theme: "—" });
});

test("an event of a version that is not known here says that a newer Mindminder wrote it", () => {
  const db = databaseOf([{ meeting: MEETING, kind: "circle", v: 2, event: gathered }]);
  expect(() => new Journal(db, []).read(MEETING)).toThrow(/newer Mindminder/);
});

test("a database from before there were versions is read, and its events are of the first", () => {
  const file = join(mkdtempSync(join(tmpdir(), "mindminder-upcast-")), "old.db");
  const before = MIGRATIONS.findIndex((sql) => sql.includes("ADD COLUMN v "));
  const old = new Database(file);
  for (const sql of MIGRATIONS.slice(0, before)) old.exec(sql);
  old.pragma(`user_version = ${before}`);
  old.prepare("INSERT INTO meetings (id, room, started) VALUES (?, '!room', 0)").run(MEETING);
  const { name, presence: _, ...bare } = joined;
  const insert = old.prepare("INSERT INTO events (meeting, seq, kind, body) VALUES (?, ?, 'circle', ?)");
  insert.run(MEETING, 0, JSON.stringify(gathered));
  insert.run(MEETING, 1, JSON.stringify({ ...bare, called: name }));
  old.close();

  const db = openDatabase(file);
  expect(new Journal(db, UPCASTERS).read(MEETING).map(({ event }) => event)).toEqual([gathered, joined]);
  db.close();
});

test("a list of steps with a gap in it, or with one step twice, is refused", () => {
  const step = (from: number): Upcaster => ({ kind: "record", type: "corrected", from, up: (event) => event });
  expect(() => new EventVersions([step(2)])).toThrow(/step 2 does not follow 0/);
  expect(() => new EventVersions([step(1), step(1)])).toThrow(/step 1 does not follow 1/);
  expect(new EventVersions([step(2), step(1)]).presentOf("record", "corrected")).toBe(3);
});

test.each([
  { reason: "passed", told: { by: "@ann:hs", door: null } },
  { reason: "passed", spoken: true, told: { by: "@ann:hs", door: "speech" } },
  { reason: "left", told: { by: "@ann:hs", door: null } },
  { reason: "time-up", told: { by: null, door: null } },
  { reason: "skipped", told: { by: null, door: null } },
])("who ended a turn of the first version is told as far as it is known: $reason, $spoken", ({ told, ...how }) => {
  const event = { type: "turn-ended", at: 3, turn: 1, speaker: personId("@ann:hs"), spentMs: 1, keepsMs: null, ...how };
  const db = databaseOf([{ meeting: MEETING, kind: "circle", v: 1, event }]);
  expect(new Journal(db).read(MEETING)[0]?.event).toMatchObject({ type: "turn-ended", reason: how.reason, ...told });
});
