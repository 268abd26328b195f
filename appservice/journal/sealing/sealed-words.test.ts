import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { id as personOf } from "../../../tests/support/circle/play.ts";
import { SEVEN, wordOf, wordyMeeting } from "../../../tests/support/erasure/wordy-meetings.ts";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { openedIn } from "../../../tests/support/journal/readable.ts";
import { meetingId, roomId } from "../../../tests/support/protocol/ids.ts";
import type { MinutesEntry } from "../../protocol/meeting-record.ts";
import type { RecordEvent } from "../../record/event.ts";
import { openDatabase } from "../../store/database.ts";
import { wordKeysOf } from "../../store/word-keys.ts";
import { Journal } from "../journal.ts";
import { atOnce } from "../parts-of-work.ts";
import { SealedWords } from "./sealed-words.ts";
import { ownedBy } from "./words-of-entry.ts";

const [ROOM, MEETING] = [roomId("!garden:hs"), meetingId("mwordy00001")];
const [ANN, BOB] = [personOf("ann"), personOf("bob")];

/** Database in a folder of its own, with a meeting in which seven gave words by every door. */
function house() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-sealed-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "mindminder.db");
  const open = () => {
    const db = openDatabase(file);
    onTestFinished(() => void db.close());
    return { db, journal: new Journal(db) };
  };
  const { db, journal } = open();
  wordyMeeting(journal, MEETING, ROOM, "bob");
  const append = (...events: RecordEvent[]) =>
    journal.append(
      MEETING,
      ROOM,
      journal.lengthOf(MEETING),
      events.map((event) => ({ kind: "record", event })),
      1,
    );
  const placesOf = (type: string) => {
    const sql = "SELECT seq FROM events WHERE json_extract(body, '$.type') = ? ORDER BY seq";
    return db.prepare(sql).pluck().all(type) as number[];
  };
  const sealedAt = (seq: number) =>
    db.prepare("SELECT * FROM sealed_words WHERE seq = ? ORDER BY n").all(seq) as Record<string, unknown>[];
  /** The summary as it is read. */
  const summary = () => {
    const [at] = placesOf("minutes-made");
    return JSON.stringify(journal.read(MEETING)[at ?? 0]?.event);
  };
  return { file, db, journal, open, append, placesOf, sealedAt, summary };
}

const takenBack = (id: string): RecordEvent => ({
  type: "taken-back",
  id,
  at: 2,
  by: ANN,
  name: "Ann",
  door: "widget",
});

describe("words are sealed", () => {
  test("whatever form they have: signs, or nothing, stand in their place, and all of it is read again", () => {
    const { file, db } = house();
    const words = new SealedWords(db);
    const place = { meeting: meetingId("mforms00001"), room: ROOM, seq: 3 };
    const event = { type: "x", text: "walrus", list: [{ text: "heron" }], more: { said: "ocelot" }, at: 1 };
    const part = { owners: ownedBy(ANN), source: "1.1", paths: [["text"], ["list"], ["more"], ["not there"]] };
    const kept = words.put(place, event, [part]);
    expect(kept.event).toEqual({ type: "x", text: "——————", list: [], more: null, at: 1 });
    expect(words.open(place.meeting, 3, kept.hash ?? "", kept.event)).toEqual(event);
    // Both forms are on the disks of those who run it: another would make older words unreadable.
    const [sealed] = db.prepare("SELECT sealed FROM sealed_words WHERE meeting = 'mforms00001'").pluck().all();
    expect(kept.hash).toBe(
      createHash("sha256")
        .update(sealed as Buffer)
        .digest("base64url"),
    );
    const text = openedIn(file).find((each) => each.includes("ocelot"));
    expect(JSON.parse(text ?? "")).toEqual([
      [["text"], "walrus"],
      [["list"], [{ text: "heron" }]],
      [["more"], { said: "ocelot" }],
    ]);
  });

  test("by nobody where signs alone are left, or where somebody only did something: their keys are not needed", () => {
    const { db, append } = house();
    const before = db.prepare("SELECT COUNT(*) FROM sealed_words").pluck().get();
    const comment = { id: "$signs", circle: 0, turn: 1, who: ANN, name: "Ann", at: 1, text: "— ––" };
    append(
      { type: "utterance-heard", utterance: utterance({ id: "9.1", turn: 1, speaker: ANN, text: "—", segments: [] }) },
      { type: "comment-made", comment },
      {
        type: "corrected",
        at: 1,
        by: BOB,
        name: "Bob",
        door: "widget",
        change: { of: "task", id: "t", status: "done" },
      },
    );
    const rows = db.prepare("SELECT words FROM events ORDER BY seq DESC LIMIT 3").pluck().all();
    expect(rows).toEqual([null, null, null]);
    expect(db.prepare("SELECT COUNT(*) FROM sealed_words").pluck().get()).toBe(before);
  });
});

describe("an entry is read with signs alone", () => {
  test("where all of its sealed words are missing, or one of them", () => {
    for (const which of ["n >= 0", "n = 1"]) {
      const { db, placesOf, summary } = house();
      expect(summary(), "or nothing would be proved").toContain(wordOf("cid", "heard"));
      db.prepare(`DELETE FROM sealed_words WHERE seq = ? AND ${which}`).run(placesOf("minutes-made")[0]);
      for (const name of SEVEN) expect(summary()).not.toContain(wordOf(name, "heard"));
    }
  });

  test("where sealed words of an older copy were put back that had been taken out since", () => {
    const { db, journal, append, placesOf, sealedAt, summary } = house();
    const seq = placesOf("minutes-made")[0] ?? 0;
    const older = sealedAt(seq);
    append(takenBack("1.1"));
    expect(atOnce(journal.words.takeOut(MEETING))).toBe(true);
    expect(summary()).not.toContain(wordOf("ann", "heard"));
    expect(summary()).toContain(wordOf("cid", "heard"));
    db.prepare("DELETE FROM sealed_words WHERE seq = ?").run(seq);
    const put = db.prepare("INSERT INTO sealed_words VALUES (@meeting, @seq, @n, @source, @keys, @sealed)");
    for (const row of older) put.run(row);
    expect(summary()).not.toContain(wordOf("ann", "heard"));
  });
});

describe("words that were taken out", () => {
  test("are not even sealed in any file, and it is told once that there were some", () => {
    const { file, journal, append, placesOf, sealedAt } = house();
    const [heard] = placesOf("utterance-heard");
    const sealed = sealedAt(heard ?? 0)[0]?.["sealed"] as Buffer;
    const isKept = () => ["", "-wal"].some((ending) => readFileSync(`${file}${ending}`).includes(sealed));
    append(takenBack("1.1"));
    expect(isKept(), "or nothing would be proved").toBe(true);
    expect(atOnce(journal.words.takeOut(MEETING))).toBe(true);
    expect(isKept()).toBe(false);
    expect(atOnce(journal.words.takeOut(MEETING))).toBe(false);
  });

  test("are waited for by nobody where there are none: the log beside the database stays as it is", () => {
    const { file, journal, append } = house();
    append({ type: "comment-dropped", id: "$nobody" });
    expect(atOnce(journal.words.takeOut(MEETING))).toBe(false);
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  });
});

test("where the keys cannot be read nothing passes for read: an erasure would find no words in it", () => {
  const { open } = house();
  const { db, journal } = open();
  wordKeysOf(db).close();
  expect(() => atOnce(journal.words.givenBy(MEETING, ANN))).toThrow("not open");
});

test("results are sealed for each of those on whose words they rest: an entry names the same keys once", () => {
  const { append, placesOf, sealedAt } = house();
  const sentence = (text: string, from: string) => ({ text, from: [from] });
  const entry: MinutesEntry = {
    about: { kind: "meeting" },
    result: {
      form: "summary",
      sentences: [sentence("One.", "1.1"), sentence("Two.", "2.1"), sentence("Three.", "1.1")],
    },
    madeBy: { plugin: "p", version: "1", method: "rules", model: null, prompt: null, at: 1 },
  };
  append({ type: "minutes-made", entry });
  expect(sealedAt(placesOf("minutes-made").at(-1) ?? 0).map(({ n }) => n)).toEqual([0, 1]);
});
