import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { SEVEN, wordyMeeting } from "../../tests/support/erasure/wordy-meetings.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { openDatabase } from "../store/database.ts";
import { Journal } from "./journal.ts";

const [ROOM, MEETING] = [roomId("!garden:hs"), meetingId("mwordy00001")];

function house() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-tidy-"));
  const file = join(folder, "mindminder.db");
  const db = openDatabase(file);
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const journal = new Journal(db);
  wordyMeeting(journal, MEETING, ROOM, "bob");
  return { file, db, journal };
}

/** Somebody who copies a file of the database, and has not come to an end. */
function copying(file: string, table: string): () => void {
  const reader = new Database(file, { readonly: true });
  reader.exec("BEGIN");
  reader.prepare(`SELECT COUNT(*) FROM ${table}`).get();
  return () => reader.close();
}

test.each([
  ["the database", "", "events"],
  ["its keys", "-keys", "keys"],
] as const)(
  "while somebody copies %s its log is not empty, which is said, and is so afterwards",
  (_, suffix, table) => {
    const { file, journal } = house();
    const ends = copying(`${file}${suffix}`, table);
    journal.sealing.retire(ROOM, [...journal.peopleIn(MEETING)][0]!, 1);
    journal.forget(MEETING, 1);
    expect(journal.tidy()).toBe(false);
    ends();
    expect(journal.tidy()).toBe(true);
    for (const each of [file, `${file}-keys`]) expect(readFileSync(`${each}-wal`)).toHaveLength(0);
  },
);

test("the people of a meeting are those who sat in it, spoke or typed, once each", () => {
  const { journal } = house();
  expect(journal.peopleIn(MEETING)).toHaveLength(SEVEN.length);
  expect(journal.peopleIn(meetingId("mnobody0001"))).toEqual([]);
});
