import { expect, test } from "vitest";
import { id, Play } from "../../tests/support/circle/play.ts";
import { openedMeetings } from "../../tests/support/journal/opened-meetings.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { openDatabase } from "../store/database.ts";
import { gatheredAfter, newMeetingId } from "./gather.ts";
import { Journal } from "./journal.ts";

const ROOM = roomId("!room:hs");
const asks = { wording: 1, items: [] };
const next = { id: newMeetingId(), roomId: ROOM, language: "en", at: 9 } as const;

test("who is still in the call sits in the next meeting without joining again, and is asked where people are", () => {
  const before = new Play().gather("ann", "bob").join("eve").drop("bob").state;
  const joined = { type: "person-joined", who: id("ann"), name: "ann", presence: "call", at: 9 };
  expect(gatheredAfter(before, next)).toEqual([{ type: "meeting-gathered", ...next }, joined]);
  expect(gatheredAfter(before, { ...next, asks })).toEqual([
    { type: "meeting-gathered", ...next },
    { type: "agreement-asked", asks, at: 9 },
    joined,
    { type: "agreement-sought", who: id("ann"), name: "ann", message: null, at: 9 },
  ]);
  expect(gatheredAfter(null, next)).toHaveLength(1);
});

test("each meeting has an id of its own", () => {
  expect(newMeetingId()).toMatch(/^m[0-9a-f]{16}$/);
  expect(newMeetingId()).not.toBe(newMeetingId());
});

test("minutes that are being written are shown as they grow, and the journal does not hear of them", () => {
  const journal = new Journal(openDatabase(":memory:"));
  const meetings = openedMeetings(journal, asks, () => 1);
  meetings.send(ROOM, { type: "join", name: "Ann", actor: madeActor(id("ann")), at: 1, expectedVersion: null });
  const meeting = meetings.of(ROOM)!.meeting.id;
  const [length, before] = [journal.lengthOf(meeting), meetings.of(ROOM)!.drafts];
  const told: object[] = [];
  meetings.listen(({ drafts }, happened) => void told.push([drafts === before, happened]));
  const growing = { plugin: "summary", about: { kind: "meeting" }, method: "rules" } as const;
  meetings.grow(meeting, { ...growing, sentences: [{ text: "A walrus.", from: ["1.1"] }] });
  expect(told).toEqual([[false, []]]);
  expect([...meetings.of(ROOM)!.drafts.growing.values()]).toMatchObject([{ sentences: [{ text: "A walrus." }] }]);
  expect(journal.lengthOf(meeting)).toBe(length);
  meetings.grow(meetingId("mnobody0001"), { ...growing, sentences: [] });
  expect(told).toHaveLength(1);
});
