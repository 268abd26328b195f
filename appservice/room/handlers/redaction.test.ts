import { expect, test } from "vitest";
import { ROOM, TestRoom } from "../../../tests/support/room/room.ts";
import { isRunning } from "../../circle/meeting.ts";

const ANN = "@ann:hs";

test("of messages that a moderator takes away that of the circle stands anew with what comes next while it runs, and no reply", async () => {
  const room = await TestRoom.running();
  room.circleStands();
  const reply = { thread: "circle:0" };
  expect(room.stands("turn:1:1", "$reply", reply)).toHaveLength(1);
  for (const redacts of ["$circle", "$reply"]) await room.happens("m.room.redaction", ANN, { redacts });
  expect(room.stands("circle:0", "$anew", { body: "going on" })).toHaveLength(1);
  expect(room.stands("turn:1:1", "$other", { ...reply, body: "in other words" })).toEqual([]);
});

test("after the meeting none of them stands anew", async () => {
  const room = await TestRoom.running();
  room.circleStands();
  await room.say(ANN, "!circle end");
  const live = room.meetings.of(ROOM);
  expect(live && isRunning(live.meeting)).toBe(false);
  await room.happens("m.room.redaction", ANN, { redacts: "$circle" });
  expect(room.stands("circle:0", "$anew", { body: "summed up" })).toEqual([]);
});
