import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { z } from "zod";
import { openDatabase } from "../store/database.ts";
import { MIGRATIONS } from "../store/migrations/migrations.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import { PurposeJournal } from "./purpose-journal.ts";
import { answerOn, evolvePurposes, isGiven, NO_ANSWERS } from "./state.ts";

const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];
const GARDEN = roomId("!garden:hs");
const GOLDEN = join(import.meta.dirname, "golden", "0.2.0.jsonl");
const Line = z.object({ room: z.string(), v: z.number(), event: z.looseObject({ type: z.string() }) });

function goldenJournal() {
  const db = openDatabase(":memory:");
  const lines = readFileSync(GOLDEN, "utf8").trimEnd().split("\n");
  const insert = db.prepare("INSERT INTO purpose_events (room, seq, v, body) VALUES (?, ?, ?, ?)");
  for (const [seq, line] of lines.entries()) {
    const { room, v, event } = Line.parse(JSON.parse(line));
    insert.run(room, seq, v, JSON.stringify(event));
  }
  return { db, journal: new PurposeJournal(db), lines };
}

test("answers of the golden journal are read as what people had allowed then", () => {
  const { journal } = goldenJournal();
  const state = journal.read(GARDEN).reduce(evolvePurposes, NO_ANSWERS);
  expect(answerOn(state, ANN, "sound")).toEqual({ given: false, text: null, at: 4000 });
  expect(isGiven(state, ANN, "write")).toBe(true);
  expect(answerOn(state, BOB, "improve")?.given).toBe(false);
  expect(isGiven(state, BOB, "publish"), "nobody asked him").toBe(false);
});

test("an answer is written today as the golden journal has it", () => {
  const { journal, lines } = goldenJournal();
  const db = openDatabase(":memory:");
  for (const room of journal.rooms()) new PurposeJournal(db).append(room, journal.read(room));
  const rows = db.prepare("SELECT room, v, body FROM purpose_events ORDER BY room, seq").all();
  const written = z.array(z.object({ room: z.string(), v: z.number(), body: z.string() })).parse(rows);
  expect(written.map(({ room, v, body }) => ({ room, v, event: JSON.parse(body) }))).toEqual(
    lines.map((line) => Line.parse(JSON.parse(line))),
  );
});

test("whose sound was kept before there were purposes has said yes to that, and to nothing else", () => {
  const db = new Database(":memory:");
  const before = MIGRATIONS.findIndex((sql) => sql.includes("CREATE TABLE purpose_events"));
  for (const sql of MIGRATIONS.slice(0, before)) db.exec(sql);
  const insert = db.prepare("INSERT INTO audio_consents (participant, room, given_at) VALUES (?, ?, ?)");
  insert.run(BOB, GARDEN, 20);
  insert.run(ANN, GARDEN, 10);
  insert.run(ANN, "!pond:hs", 30);
  db.exec(MIGRATIONS[before] ?? "");
  const journal = new PurposeJournal(db);
  const state = journal.read(GARDEN).reduce(evolvePurposes, NO_ANSWERS);
  expect(answerOn(state, ANN, "sound")).toEqual({ given: true, text: null, at: 10 });
  expect(answerOn(state, BOB, "sound")).toEqual({ given: true, text: null, at: 20 });
  expect(isGiven(state, ANN, "write")).toBe(false);
  expect(journal.read(roomId("!pond:hs"))).toHaveLength(1);
});

test("an answer of a newer version is no yes", () => {
  const { db, journal } = goldenJournal();
  db.prepare("UPDATE purpose_events SET v = 99 WHERE room = ? AND seq = 0").run(GARDEN);
  expect(() => journal.read(GARDEN)).toThrow("version 99");
});
