import { beforeEach, expect, test } from "vitest";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";

const [ANN, BOB] = ["@ann:hs", "@bob:hs"];
const MEMBER = "org.matrix.msc3401.call.member";
const IN_CALL = { application: "m.call", call_id: "", device_id: "PHONE" };
const SAID = "An Element call has started. The circle is not in it: it is in the widget at the top of the room.";
let room: TestRoom;

beforeEach(() => {
  room = new TestRoom();
});

const calls = async (content: object, type = MEMBER, who = BOB, more: object = {}) =>
  (await room.happens(type, who, content, { state_key: `_${who}_PHONE`, ...more })).map((post) => post.content["body"]);

test("who begins a call of their client's own is pointed to the circle, once for each meeting, and once where there is none", async () => {
  expect(await calls(IN_CALL)).toEqual([SAID]);
  expect(await calls({})).toEqual([]);
  expect(await calls(IN_CALL)).toEqual([]);
  await room.say(ANN, "!circle join");
  expect(await calls(IN_CALL, MEMBER, ANN)).toEqual([SAID]);
  await room.say(ANN, "!circle start tea");
  expect(await calls({ memberships: [IN_CALL] })).toEqual([]);
  expect(room.meetings.of(ROOM)?.meeting.phase).toBe("circle");
});

test.each(["m.call.member", "org.matrix.msc3401.call"])("%s is a call, too", async (type) => {
  expect(await calls(IN_CALL, type)).toEqual([SAID]);
});

test("an end of a call is none: left, terminated, nobody listed; nor is one of which the homeserver tells late", async () => {
  expect(await calls({})).toEqual([]);
  expect(await calls({ memberships: [] })).toEqual([]);
  expect(await calls({ "m.intent": "m.room", "m.terminated": "call_ended" }, "org.matrix.msc3401.call")).toEqual([]);
  expect(await calls(IN_CALL, MEMBER, BOB, { origin_server_ts: room.at - 130_000 })).toEqual([]);
});

test("where the bot lacks the power there is no widget to point to", async () => {
  room.state.splice(
    room.state.findIndex(({ type }) => type === "m.room.power_levels"),
    1,
  );
  expect(await calls(IN_CALL)).toEqual([]);
});
