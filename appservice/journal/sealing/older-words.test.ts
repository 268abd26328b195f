import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { id as personOf } from "../../../tests/support/circle/play.ts";
import { wordyMeeting } from "../../../tests/support/erasure/wordy-meetings.ts";
import { databaseOf, linesOf } from "../../../tests/support/journal/golden.ts";
import { meetingId, roomId } from "../../../tests/support/protocol/ids.ts";
import { openDatabase } from "../../store/database.ts";
import { simulateTime, timeSource } from "../../time/source.ts";
import { Journal } from "../journal.ts";

const [ROOM, MEETING, BOB] = [roomId("!garden:hs"), meetingId("mwordy00001"), personOf("bob")];

/** Clock that goes on by so many milliseconds at each look; counts how often others had their turn. */
function clockGoing(ms: number): { turns: number } {
  const counted = { turns: 0 };
  let now = 0;
  const monotonic = () => (now += ms);
  const nextTurn = () => {
    counted.turns += 1;
    return Promise.resolve();
  };
  onTestFinished(simulateTime({ ...timeSource(), monotonic, nextTurn }));
  return counted;
}

/** A meeting of seven, of which nobody has looked yet whether its words are sealed. */
function wordy() {
  const db = openDatabase(":memory:");
  const journal = new Journal(db);
  wordyMeeting(journal, MEETING, ROOM, "bob");
  db.prepare("INSERT INTO unsealed (meeting, seq) VALUES (?, 0)").run(MEETING);
  const sealed = () => JSON.stringify(db.prepare("SELECT * FROM sealed_words ORDER BY seq, n").all());
  return { db, journal, sealed };
}

/** Meetings as the first version wrote them, in a file; `said`: something that was said in one. */
function older() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-older-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "mindminder.db");
  const db = databaseOf(linesOf("0.1.0"), file);
  onTestFinished(() => void db.close());
  const unsealed = db.prepare("SELECT COUNT(*) FROM unsealed").pluck();
  const mark = () => db.exec("INSERT INTO unsealed (meeting, seq) SELECT id, 0 FROM meetings");
  const { said } = db
    .prepare("SELECT json_extract(body, '$.utterance.text') AS said FROM events ORDER BY LENGTH(said) DESC LIMIT 1")
    .get() as { said: string };
  const isSaidIn = (ending: string) => readFileSync(`${file}${ending}`).includes(said);
  const { sealing } = new Journal(db);
  return { db, file, mark, sealing, isSaidIn, left: () => unsealed.get() };
}

describe("others have their turn", () => {
  test.each([
    ["after a hundred entries", 0, (entries: number) => Math.ceil(entries / 100)],
    ["after each entry that takes five milliseconds", 5, (entries: number) => entries],
  ])("while older words are sealed, %s", async (_, ms, portions) => {
    const { journal } = wordy();
    const counted = clockGoing(ms);
    await journal.sealing.sealOlder();
    // Nothing is left the last time.
    expect(counted.turns).toBe(portions(journal.lengthOf(MEETING)) + 1);
  });

  test.each([
    ["not where all of it takes no time", 0, () => 0],
    ["after five milliseconds, again and again", 3, (entries: number) => Math.floor(entries / 2)],
    ["after each entry that takes so long", 5, (entries: number) => entries],
  ])("while a key is let go, %s", async (_, ms, portions) => {
    const { db, journal } = wordy();
    const sql = "SELECT COUNT(DISTINCT seq) FROM sealed_words WHERE instr(keys, ?) > 0";
    const entries = db.prepare(sql).pluck().get(journal.sealing.presentKey(ROOM, BOB)) as number;
    expect(entries).toBeGreaterThan(5);
    journal.sealing.retire(ROOM, BOB, 1);
    const counted = clockGoing(ms);
    await journal.sealing.letGo(MEETING, ROOM, BOB);
    expect(counted.turns).toBe(portions(entries) + 1);
  });
});

describe("as older words are sealed", () => {
  test("those that are sealed stay as they lie on the disk", async () => {
    const { journal, sealed } = wordy();
    const before = sealed();
    await journal.sealing.sealOlder();
    expect(sealed()).toBe(before);
  });

  test("they are in no file as they were said; entries without words stay as that version wrote them", async () => {
    const { db, mark, sealing, isSaidIn, left } = older();
    const without = () =>
      db.prepare("SELECT meeting, seq, v, body FROM events WHERE words IS NULL AND kind = 'circle'").all();
    mark();
    expect(["", "-wal"].some(isSaidIn), "or nothing would be proved").toBe(true);
    await sealing.sealOlder();
    expect(left()).toBe(0);
    expect(["", "-wal"].some(isSaidIn)).toBe(false);
    expect(new Set(without().map((row) => (row as { v: number }).v))).toEqual(new Set([1]));
  });

  test("a disk that is full is told of, and nothing passes for sealed", async () => {
    const { db, mark, sealing, isSaidIn, left } = older();
    mark();
    const before = left();
    db.exec("CREATE TRIGGER full BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
    await expect(sealing.sealOlder()).rejects.toThrow("full");
    expect(left()).toBe(before);
    db.exec("DROP TRIGGER full");
    await sealing.sealOlder();
    expect([left(), isSaidIn("")]).toEqual([0, false]);
  });

  test("a start that finds none writes nothing: the log beside the database stays as it is", async () => {
    const { file, sealing } = older();
    const { size } = statSync(`${file}-wal`);
    await sealing.sealOlder();
    expect([size > 0, statSync(`${file}-wal`).size]).toEqual([true, size]);
  });
});

test("from the beginning of an erasure on, what somebody says is sealed by another key", () => {
  const { journal } = wordy();
  const before = journal.sealing.presentKey(ROOM, BOB);
  expect(journal.sealing.presentKey(ROOM, BOB)).toBe(before);
  journal.sealing.retire(ROOM, BOB, 1);
  expect(journal.sealing.presentKey(ROOM, BOB)).not.toBe(before);
});
