import { expect, test } from "vitest";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { ringAt } from "../protocol/place.ts";
import { placeOf } from "../journal/live-meeting.ts";
import { unbegunRingsAreOver } from "./unbegun-rings-are-over.ts";

const NAMES = ["ann", "bob", "eve", "dan", "kim", "lea"];

test.each([
  ["that only gathered are shown as over with their assembly", false, [1, 2]],
  ["that began end by themselves", true, []],
])("rings %s", async (_, begin, expected) => {
  const room = new TestRoom();
  const { assemblies, meetings } = room;
  const shown: (number | null)[] = [];
  await room.say("@ann:hs", "!circle assembly open");
  for (const name of NAMES) await room.say(`@${name}:hs`, "!circle assembly join");
  await room.say("@ann:hs", "!circle assembly start assembly our garden");
  if (begin) assemblies.send(ROOM, { type: "clock", at: (room.at += 25_000) });
  unbegunRingsAreOver({ assemblies, meetings, project: (live) => void shown.push(ringAt(placeOf(live))) });
  await room.say("@ann:hs", "!circle assembly end");
  expect(shown).toEqual(expected);
});
