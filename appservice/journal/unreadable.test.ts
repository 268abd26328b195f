import { expect, test } from "vitest";
import { id as personOf } from "../../tests/support/circle/play.ts";
import { SEVEN, wordOf, wordyMeeting } from "../../tests/support/erasure/wordy-meetings.ts";
import { openedMeetings } from "../../tests/support/journal/opened-meetings.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { openDatabase } from "../store/database.ts";
import { Journal } from "./journal.ts";
import { atOnce } from "./parts-of-work.ts";

const [ROOM, MEETING] = [roomId("!garden:hs"), meetingId("mwordy00001")];

/** A meeting in which seven gave words, and whose journal has an entry that nothing can be made of. */
function damaged(body: string) {
  const db = openDatabase(":memory:");
  const journal = new Journal(db);
  wordyMeeting(journal, MEETING, ROOM, "bob");
  const odd = db.prepare("SELECT seq FROM events WHERE kind = 'record' ORDER BY seq LIMIT 1").pluck().get() as number;
  db.prepare("UPDATE events SET body = ? WHERE meeting = ? AND seq = ?").run(body, MEETING, odd);
  return { db, journal, odd };
}

const INCOMPARABLE = '{"type":"comment-edit-removed","edit":{"length":{"toString":1}}}';

test.each(["", "null", "[]", '"words"', "{", '{"type":"no-such-event"}', INCOMPARABLE])(
  "an entry that holds %j is named, with its meeting and its place",
  (body) => {
    const { journal, odd } = damaged(body);
    expect(() => journal.read(MEETING)).toThrow(
      expect.objectContaining({
        code: "JOURNAL_UNREADABLE",
        message: expect.stringMatching(new RegExp(`^meeting ${MEETING}, entry ${odd}: .+`, "s")),
      }),
    );
  },
);

test("words of somebody go out of a meeting that has such an entry all the same, and of the others none", () => {
  const { db, journal } = damaged("{");
  expect(atOnce(journal.words.givenBy(MEETING, personOf("cid"))).words).toContain(wordOf("cid", "text"));
  expect(atOnce(journal.words.hasWordingOf(MEETING, personOf("cid")))).toBe(true);
  atOnce(journal.words.erase(MEETING, personOf("cid")));
  expect(atOnce(journal.words.givenBy(MEETING, personOf("cid"))).words).toEqual([]);
  expect(atOnce(journal.words.hasWordingOf(MEETING, personOf("cid")))).toBe(false);
  for (const name of SEVEN.filter((each) => each !== "cid"))
    expect(atOnce(journal.words.givenBy(MEETING, personOf(name))).words).toContain(wordOf(name, "text"));
  expect(db.prepare("SELECT COUNT(*) FROM events WHERE body = '{'").pluck().get()).toBe(1);
});

test("what was written before there were keys is sealed around such an entry, which stays as it is", async () => {
  const { db, journal } = damaged("{");
  const before = db.prepare("SELECT COUNT(*) FROM sealed_words").pluck().get();
  db.prepare("INSERT INTO unsealed (meeting, seq) VALUES (?, 0)").run(MEETING);
  await journal.sealing.sealOlder();
  expect(db.prepare("SELECT COUNT(*) FROM unsealed").pluck().get()).toBe(0);
  expect(db.prepare("SELECT COUNT(*) FROM sealed_words").pluck().get()).toBe(before);
  expect(db.prepare("SELECT COUNT(*) FROM events WHERE body = '{'").pluck().get()).toBe(1);
});

test("a key is let go although an entry that it sealed cannot be read", async () => {
  const { db, journal } = damaged("{");
  journal.sealing.retire(ROOM, personOf("ann"), 1);
  await journal.sealing.letGo(MEETING, ROOM, personOf("ann"));
  journal.sealing.destroy(ROOM, personOf("ann"));
  expect(atOnce(journal.words.givenBy(MEETING, personOf("bob"))).words).toContain(wordOf("bob", "text"));
  expect(db.prepare("SELECT COUNT(*) FROM events WHERE body = '{'").pluck().get()).toBe(1);
});

test("a meeting that is whole is read at once and by and by alike", async () => {
  const journal = new Journal(openDatabase(":memory:"));
  wordyMeeting(journal, MEETING, ROOM, "bob");
  expect(await journal.readByAndBy(MEETING)).toEqual(journal.read(MEETING));
  const meetings = openedMeetings(journal, { wording: 1, items: [] }, () => 0);
  expect(meetings.readNow(ROOM, MEETING)).toEqual(await meetings.readByAndBy(ROOM, MEETING));
  meetings.stop();
});
