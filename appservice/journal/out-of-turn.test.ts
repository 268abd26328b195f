import { expect, test } from "vitest";
import { council } from "../../tests/support/circle/play.ts";
import { openedMeetings } from "../../tests/support/journal/opened-meetings.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import type { OutOfTurn } from "../protocol/out-of-turn.ts";
import { openDatabase } from "../store/database.ts";
import { Journal } from "./journal.ts";
import { noteOutOfTurn } from "./out-of-turn.ts";

const ROOM = roomId("!room:hs");
const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];

function running() {
  const meetings = openedMeetings(new Journal(openDatabase(":memory:")), { wording: 1, items: [] }, () => 1);
  const as = (who: typeof ANN) => ({ actor: madeActor(who), at: 1, expectedVersion: null });
  for (const who of [ANN, BOB]) {
    meetings.send(ROOM, { type: "join", name: who, ...as(who) });
    meetings.send(ROOM, { type: "connected", who, at: 1 });
  }
  const start = () => meetings.send(ROOM, { type: "start", plan: council(), topic: "", seed: 1, ...as(ANN) });
  const seen: object[] = [];
  meetings.listen((_, happened) => {
    for (const { event } of happened) if (event.type === "spoke-out-of-turn") seen.push(event);
  });
  const note = (who: typeof ANN, what: OutOfTurn, place = ROOM) => noteOutOfTurn(meetings, { place, who, what, at: 5 });
  return { start, note, seen, meetings };
}

test("is noted with the circle in which it happened, and with the turn where it was the speaker's own", () => {
  const { start, note, seen } = running();
  note(BOB, "sound-withheld");
  start();
  note(ANN, "sound-withheld");
  note(BOB, "sound-withheld");
  const noted = { type: "spoke-out-of-turn", at: 5, what: "sound-withheld" };
  note(ANN, "second-microphone");
  expect(seen).toEqual([
    { ...noted, who: BOB, circle: null },
    { ...noted, who: ANN, circle: 0, turn: 1 },
    { ...noted, who: BOB, circle: 0 },
    { ...noted, what: "second-microphone", who: ANN, circle: 0 },
  ]);
});

test("is noted twenty times of one person, and of the others all the same", () => {
  const { start, note, seen, meetings } = running();
  start();
  for (let time = 0; time < 25; time++) note(BOB, "sound-withheld");
  expect(seen).toHaveLength(20);
  expect(meetings.of(ROOM)?.record.outOfTurn.get(BOB)?.times).toBe(20);
  note(ANN, "sound-withheld");
  expect(seen).toHaveLength(21);
});

test("is not noted where there is no meeting, nor of a line that was filled, which is the admin's to know", () => {
  const { start, note, seen } = running();
  start();
  note(BOB, "sound-withheld", roomId("!other:hs"));
  note(BOB, "too-many-tracks");
  expect(seen).toEqual([]);
});
