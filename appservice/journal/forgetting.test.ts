import { expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import { Inbox } from "./inbox.ts";
import { MOST_OF_ONE, Sessions } from "../store/sessions.ts";
import { council } from "../../tests/support/circle/play.ts";
import { openedMeetings } from "../../tests/support/journal/opened-meetings.ts";
import { eventId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { Journal } from "./journal.ts";

const WEEK = 7 * 24 * 3600_000;
const of = (person: string) => ({ participant: personId(person), room: roomId("!r"), device: "d".repeat(20) });

test("one person holds a few dozen sessions: with one more the oldest ends, and nobody else's", () => {
  const sessions = new Sessions(openDatabase(":memory:"));
  const other = sessions.open({ ...of("@bob:hs"), expiresAt: 1 });
  const tokens = Array.from({ length: MOST_OF_ONE + 2 }, (_, i) =>
    sessions.open({ ...of("@ann:hs"), expiresAt: 100 + i }),
  );
  const lives = (token: string) => sessions.find(token, "d".repeat(20), 0) !== null;
  expect(tokens.map(lives)).toEqual([false, false, ...Array.from({ length: MOST_OF_ONE }, () => true)]);
  expect(lives(other)).toBe(true);
});

test("old events are forgotten a portion at a time, what nobody has handled is kept, and what was forgotten stays so", () => {
  const db = openDatabase(":memory:");
  const inbox = new Inbox(db);
  const events = Array.from({ length: 2_500 }, (_, i) => ({
    event_id: eventId(`$${i}`),
    type: "m.room.message",
    room_id: roomId("!r"),
  }));
  inbox.receive(events, 0);
  for (const { event_id: id } of events.slice(1)) inbox.handled(id);
  const left = () => (db.prepare("SELECT COUNT(*) AS n FROM inbox").get() as { n: number }).n;
  inbox.forgetOld(WEEK + 1);
  expect(left()).toBe(1_501);
  for (let i = 0; i < 3; i++) inbox.forgetOld(WEEK + 1);
  expect(inbox.waiting()).toHaveLength(1);
  expect(left()).toBe(1);
});

test("an event that was handled is known for a week, and does nothing when it comes again", () => {
  const inbox = new Inbox(openDatabase(":memory:"));
  const event = { event_id: eventId("$1"), type: "m.room.message", room_id: roomId("!r") };
  inbox.receive([event], 1_000);
  inbox.handled(event.event_id);
  inbox.forgetOld(WEEK + 1_000);
  expect(inbox.receive([event], 2_000)).toEqual([]);
  inbox.forgetOld(WEEK + 1_001);
  expect(inbox.receive([event], 2_000)).toEqual([event]);
});

test("an erasure that is written after a meeting's end keeps it no longer", async () => {
  let now = 1_000;
  const [room, ann] = [roomId("!r"), personId("@ann:hs")];
  const journal = new Journal(openDatabase(":memory:"));
  const meetings = openedMeetings(journal, { wording: 1, items: [] }, () => now);
  const as = { actor: madeActor(ann, { moderates: true }), at: now, expectedVersion: null };
  meetings.send(room, { type: "join", name: "Ann", ...as });
  meetings.send(room, { type: "start", plan: council(), topic: "tea", seed: 1, ...as });
  meetings.send(room, { type: "end", ...as });
  const { id } = meetings.of(room)!.meeting;
  now = 9_000;
  expect(await meetings.takeWordsBack(id, ann, now)).toBe(true);
  expect(await meetings.forget(room, { begun: 1_000, still: 1_000 })).toEqual([]);
  expect(await meetings.forget(room, { begun: 1_001, still: 1_001 })).toEqual([id]);
  expect(journal.lengthOf(id)).toBe(0);
});
