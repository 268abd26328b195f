import { expect, test } from "vitest";
import { council } from "../../tests/support/circle/play.ts";
import { openedMeetings } from "../../tests/support/journal/opened-meetings.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import { answerOf } from "../circle/agreement.ts";
import { openDatabase } from "../store/database.ts";
import type { Withdrawal } from "../store/withdrawals.ts";
import { Journal } from "./journal.ts";
import { Meetings } from "./meetings.ts";
import { withdrawWords } from "./withdraw-words.ts";

const ROOM = roomId("!room:hs");
const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];
const ASKS = { wording: 1, items: [] };
const AGREED_AT = 5_000;

/** A meeting in which Ann has agreed and Bob sits as well, in a database that was restored. */
function restored() {
  let now = 1_000;
  const db = openDatabase(":memory:");
  const meetings = openedMeetings(new Journal(db), ASKS, () => now);
  const as = (who: typeof ANN) => ({ actor: madeActor(who), at: now, expectedVersion: null });
  for (const who of [ANN, BOB]) meetings.send(ROOM, { type: "join", name: who, ...as(who) });
  now = AGREED_AT;
  meetings.send(ROOM, { type: "agree", agreed: true, shown: ASKS, ...as(ANN) });
  now = 9_000;
  const meeting = meetings.of(ROOM)!.meeting.id;
  const withdraw = (...withdrawals: Withdrawal[]) => {
    const before = meetings.of(ROOM)!.meeting.version;
    withdrawWords(meetings, withdrawals, () => now);
    return meetings.of(ROOM)!.meeting.version - before;
  };
  const answer = (who = ANN) => answerOf(meetings.of(ROOM)!.meeting, who);
  return { db, meetings, meeting, withdraw, answer, as };
}

test("words of somebody who has withdrawn since are not written, by the service's hand", () => {
  const { db, meeting, withdraw, answer } = restored();
  expect(withdraw({ what: "words", meeting, who: ANN, at: AGREED_AT + 1 })).toBe(1);
  expect(answer()).toBe(false);
  const actor = db.prepare("SELECT actor FROM events ORDER BY seq DESC LIMIT 1").pluck().get() as string;
  expect(JSON.parse(actor)).toMatchObject({ id: ANN, door: "service" });
  expect(withdraw({ what: "words", meeting, who: ANN, at: AGREED_AT + 1 })).toBe(0);
});

test("so are words that were withdrawn at the very moment, and not those to which they agreed anew after it", () => {
  const at = restored();
  at.withdraw({ what: "words", meeting: at.meeting, who: ANN, at: AGREED_AT });
  expect(at.answer()).toBe(false);
  const after = restored();
  expect(after.withdraw({ what: "words", meeting: after.meeting, who: ANN, at: AGREED_AT - 1 })).toBe(0);
  expect(after.answer()).toBe(true);
});

test("what somebody agreed to counts from their own answer, not from another's", () => {
  const { meetings, meeting, withdraw, answer, as } = restored();
  meetings.send(ROOM, { type: "agree", agreed: true, shown: ASKS, ...as(BOB) });
  expect(withdraw({ what: "words", meeting, who: BOB, at: AGREED_AT + 1 })).toBe(0);
  expect([answer(ANN), answer(BOB)]).toEqual([true, true]);
});

test("what else was withdrawn, in another meeting, or by somebody who never agreed, changes nothing here", () => {
  const { meeting, withdraw, answer } = restored();
  const at = AGREED_AT + 1;
  expect(
    withdraw(
      { what: "sound", room: ROOM, who: ANN, at },
      { what: "erasure", room: ROOM, who: ANN, at },
      { what: "words", meeting: meetingId("mother00001"), who: ANN, at },
      { what: "words", meeting, who: BOB, at },
    ),
  ).toBe(0);
  expect([answer(), answer(BOB)]).toEqual([true, null]);
});

test("words given in a ring of an assembly are withdrawn there, and not in the room's own meeting", () => {
  const { meetings, as } = restored();
  const ring = { room: ROOM, ring: 2 };
  const id = meetings.gatherRing(ring);
  meetings.send(ring, { type: "join", name: "Ann", ...as(ANN) });
  meetings.send(ring, { type: "agree", agreed: true, shown: ASKS, ...as(ANN) });
  withdrawWords(meetings, [{ what: "words", meeting: id, who: ANN, at: 9_001 }], () => 9_002);
  expect(answerOf(meetings.of(ring)!.meeting, ANN)).toBe(false);
  expect(answerOf(meetings.of(ROOM)!.meeting, ANN)).toBe(true);
});

test("a meeting that is over, with a newer one in the room, stays as it was", () => {
  const { meetings, meeting, withdraw, as } = restored();
  meetings.send(ROOM, { type: "start", plan: council(), topic: "", seed: 1, ...as(ANN) });
  meetings.send(ROOM, { type: "end", ...as(ANN) });
  meetings.send(ROOM, { type: "join", name: "Bob", ...as(BOB) });
  expect(meetings.of(ROOM)!.meeting.id).not.toBe(meeting);
  expect(withdraw({ what: "words", meeting, who: ANN, at: AGREED_AT + 1 })).toBe(0);
  expect(answerOf(meetings.readNow(ROOM, meeting)!.meeting, ANN)).toBe(true);
});

test("a meeting from before people were asked has nothing to withdraw from", () => {
  const meetings = new Meetings({
    journal: new Journal(openDatabase(":memory:")),
    now: () => 1,
    languageOf: () => "en",
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  meetings.send(ROOM, { type: "join", name: "Ann", actor: madeActor(ANN), at: 1, expectedVersion: null });
  const { id, version } = meetings.of(ROOM)!.meeting;
  withdrawWords(meetings, [{ what: "words", meeting: id, who: ANN, at: 2 }], () => 3);
  expect(meetings.of(ROOM)!.meeting.version).toBe(version);
});
