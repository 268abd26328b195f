import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { openedMeetings } from "../../../tests/support/journal/opened-meetings.ts";
import { databaseOf, goldenNames, linesOf, seenIn, stateFile } from "../../../tests/support/journal/golden.ts";
import { readableUnder } from "../../../tests/support/journal/readable.ts";
import { DOORS, SEVEN, wordOf, wordyMeeting } from "../../../tests/support/erasure/wordy-meetings.ts";
import { meetingId, personId, roomId } from "../../../tests/support/protocol/ids.ts";
import { id } from "../../../tests/support/circle/play.ts";
import { recordOf } from "../../record/view.ts";
import { snapshotOf } from "../../circle/snapshot.ts";
import { openDatabase } from "../../store/database.ts";
import { wordKeysOf } from "../../store/word-keys.ts";
import type { JournalEntry } from "../entry.ts";
import { Journal } from "../journal.ts";

const [ROOM, MEETING] = [roomId("!garden:hs"), meetingId("mwordy00001")];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "mindminder-sealing-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A database with a meeting in which all seven gave words by every door; closed. */
function wordyDatabase(): { readonly folder: string; readonly file: string } {
  const it = folder();
  const file = join(it, "mindminder.db");
  const db = openDatabase(file);
  wordyMeeting(new Journal(db), MEETING, ROOM, "bob");
  db.close();
  return { folder: it, file };
}

/** The meeting in a database as people see it. */
function seenOf(file: string): string {
  const db = openDatabase(file);
  const meetings = openedMeetings(new Journal(db), { wording: 1, items: [{ what: "comments" }] }, () => 0);
  const live = meetings.readNow(ROOM, MEETING);
  meetings.stop();
  db.close();
  if (!live) throw new Error("the meeting is not there");
  return JSON.stringify([snapshotOf(live.meeting, 0), recordOf(live.meeting, live.record, live.drafts)]);
}

test("a copy of the database reads nobody's words without the keys beside it, and with them all", () => {
  const { folder: from, file } = wordyDatabase();
  const alone = folder();
  cpSync(file, join(alone, "mindminder.db"));
  for (const name of SEVEN) expect(readableUnder(alone), name).not.toContain(`${name}zq`);
  const all = readableUnder(from);
  expect(DOORS.filter((door) => !all.includes(wordOf("bob", door)))).toEqual([]);
  expect(seenOf(file)).toContain(wordOf("bob", "edited"));
});

test("where the key of one is lost the meeting is read, the others' words stand, and it is known that a key is missing", () => {
  const { file } = wordyDatabase();
  const before = seenOf(file);
  const keys = new Database(`${file}-keys`);
  keys.prepare("DELETE FROM keys WHERE who = ?").run(id("bob"));
  keys.close();
  const after = seenOf(file);
  expect(after).not.toMatch(/bobzq(heard|typed|edited|text|reason)/);
  for (const name of SEVEN.filter((each) => each !== "bob"))
    for (const door of ["heard", "edited", "text", "reason"])
      expect(after.includes(wordOf(name, door)), `${name} ${door}`).toBe(before.includes(wordOf(name, door)));
  const db = openDatabase(file);
  expect(new Journal(db).sealing.lostKeys()).toBe(1);
  db.close();
});

test("words that somebody changed in the database are not taken for theirs", () => {
  const { file } = wordyDatabase();
  const db = new Database(file);
  const swap = `UPDATE sealed_words SET sealed = (SELECT sealed FROM sealed_words WHERE source = '2.1')
                WHERE source = '1.1'`;
  expect(db.prepare(swap).run().changes).toBe(1);
  db.close();
  expect(seenOf(file)).not.toContain(`We take the ${wordOf("ann", "heard")}`);
});

test("a key that is destroyed is in no file, and no older copy of the keys brings it back", () => {
  const { folder: it, file } = wordyDatabase();
  const older = folder();
  cpSync(`${file}-keys`, join(older, "keys"));
  const db = openDatabase(file);
  const { sealing } = new Journal(db);
  const key = wordKeysOf(db)
    .find(wordKeysOf(db).presentOf(ROOM, id("bob")))
    ?.export();
  if (!key) throw new Error("there is no key");
  sealing.retire(ROOM, id("bob"), 1);
  expect(readableBytes(file).includes(key)).toBe(true);
  sealing.destroy(ROOM, id("bob"));
  expect(readableBytes(file).includes(key)).toBe(false);
  wordKeysOf(db).takeOver(join(older, "keys"));
  db.close();
  expect(readFileSync(`${file}-keys`).includes(key)).toBe(false);
  expect(readableUnder(it)).not.toContain(wordOf("bob", "heard"));
  expect(readableUnder(it)).toContain(wordOf("cid", "heard"));
});

test("an erasure that is asked for twice takes no key that came after it", () => {
  const db = openDatabase(":memory:");
  const keys = wordKeysOf(db);
  const who = personId("@ann:hs");
  const first = keys.presentOf(ROOM, who);
  keys.retire(ROOM, who, 5);
  const second = keys.presentOf(ROOM, who);
  expect(second).not.toBe(first);
  keys.retire(ROOM, who, 5);
  expect(keys.presentOf(ROOM, who)).toBe(second);
  expect(keys.retiredOf(ROOM, who)).toEqual([first]);
  db.close();
});

test("what may rest on anybody's words is read after the key of one is destroyed", async () => {
  const { file } = wordyDatabase();
  const db = openDatabase(file);
  const journal = new Journal(db);
  const sentence = (text: string) => ({ text, from: ["of something forgotten"] });
  const summary = (text: string): JournalEntry => ({
    kind: "record",
    event: {
      type: "minutes-made",
      entry: {
        about: { kind: "meeting" },
        result: { form: "summary", sentences: [sentence(text)] },
        madeBy: { plugin: "other", version: "1", method: "rules", model: null, prompt: null, at: 1 },
      },
    },
  });
  const length = journal.lengthOf(MEETING);
  journal.append(MEETING, ROOM, length, [summary("They met."), summary("They met again.")], 1);
  journal.sealing.retire(ROOM, id("bob"), 1);
  await journal.sealing.letGo(MEETING, ROOM, id("bob"));
  journal.sealing.destroy(ROOM, id("bob"));
  expect(JSON.stringify(journal.read(MEETING).slice(length))).toMatch(/They met\..*They met again\./);
  db.close();
});

test.each(goldenNames())(
  "older meetings (%s) are sealed bit by bit, also after an end in the middle, and read as before",
  async (name) => {
    const file = join(folder(), "mindminder.db");
    const lines = linesOf(name);
    const db = databaseOf(lines, file);
    db.exec("INSERT INTO unsealed (meeting, seq) SELECT id, 0 FROM meetings");
    let turns = 0;
    await new Journal(db).sealing.sealOlder(() => (turns += 1) > 1);
    db.close();
    const again = openDatabase(file);
    const journal = new Journal(again);
    await journal.sealing.sealOlder();
    expect(again.prepare("SELECT COUNT(*) FROM unsealed").pluck().get()).toBe(0);
    expect(seenIn(lines, again)).toEqual(JSON.parse(readFileSync(stateFile(name), "utf8")));
    again.exec("VACUUM");
    again.close();
    const raw = readFileSync(file, "latin1");
    const said = lines.flatMap(({ event }) => utteranceText(event) ?? []).filter((text) => text.length > 8);
    expect(said.filter((text) => raw.includes(text))).toEqual([]);
  },
);

function readableBytes(file: string): Buffer {
  return Buffer.concat(["", "-wal", "-keys", "-keys-wal"].map((ending) => readFileSync(`${file}${ending}`)));
}

function utteranceText(event: Readonly<Record<string, unknown>>): string | null {
  const { utterance } = event as { readonly utterance?: { readonly text?: string } };
  return utterance?.text ?? null;
}
