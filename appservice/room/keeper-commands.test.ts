import { circleOf } from "../circle/meeting.ts";
import { beforeEach, expect, test } from "vitest";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const [ANN, BOB, EVE] = ["@ann:hs", "@bob:hs", personId("@eve:hs")];
let room: TestRoom;

beforeEach(async () => {
  room = new TestRoom();
  room.state.push({
    type: "m.room.member",
    state_key: EVE,
    sender: EVE,
    content: { membership: "join", displayname: "Eve" },
  });
  for (const who of [ANN, BOB, EVE]) await room.say(who, "!circle join");
});

const meeting = () => {
  const live = room.meetings.of(ROOM)?.meeting;
  if (!live) throw new Error("no meeting");
  return live;
};

test("the order is set before the start, by names parted by commas, and drawn", async () => {
  expect(await room.say(BOB, "!circle order eve, Bob")).toBe("✅");
  await room.say(ANN, "!circle start tea");
  expect(circleOf(meeting())?.ring).toEqual([EVE, BOB, ANN]);
  expect(await room.say(BOB, "!круг порядок жребий")).toMatch(/Only the keeper/);
  expect(await room.say(ANN, "!круг порядок жребий")).toBe("✅");
  expect(await room.say(ANN, "!circle order zoe")).toBe("There is nobody with that name in the circle.");
});

test("the keeper takes somebody out, gives a second turn and more time, changes the theme, and ends the circle", async () => {
  await room.say(ANN, "!circle start tea");
  expect(await room.say(ANN, "!circle out eve")).toBe("✅");
  expect(circleOf(meeting())?.ring).toEqual([ANN, BOB]);
  expect(await room.say(ANN, "!circle longer 45")).toBe("✅");
  expect(circleOf(meeting())?.moreMs).toBe(45_000);
  room.at += 3_000;
  await room.say(ANN, "!circle pass");
  expect(await room.say(ANN, "!круг снова ann")).toBe("✅");
  expect(circleOf(meeting())?.kept.map(({ who }) => who)).toEqual([ANN]);
  expect(await room.say(ANN, "!circle again bob")).toBe("Bob has the word or still has a turn coming.");
  expect(await room.say(ANN, "!circle theme How do we go on?")).toBe("✅");
  expect(circleOf(meeting())?.theme).toBe("How do we go on?");
  expect(await room.say(BOB, "!circle close")).toMatch(/moved on|Only the keeper/);
  expect(await room.say(ANN, "!круг закрыть")).toBe("✅");
  expect(meeting()).toMatchObject({ phase: "between", circle: { cutShort: { unheard: [ANN] } } });
});

test("all microphones are closed by whoever may steer, outside a meeting", async () => {
  expect(await room.say(ANN, "!circle mute")).toBe("✅");
  expect(room.muted).toBe(1);
  expect(await room.say(BOB, "!circle mute")).toMatch(/Only the keeper/);
  await room.say(ANN, "!circle start tea");
  expect(await room.say(ANN, "!круг тишина")).toMatch(/already running/);
  expect(room.muted).toBe(1);
});

test("encryption that is switched on in mid-meeting ends it, and the room is told why; without a meeting only that it is encrypted", async () => {
  await room.say(ANN, "!circle start tea");
  const [said] = await room.happens("m.room.encryption", ANN, { algorithm: "m.megolm.v1.aes-sha2" }, { state_key: "" });
  expect(meeting().phase).toBe("ended");
  expect(said?.content["body"]).toMatch(/the meeting ends here/);
  const [again] = await room.happens(
    "m.room.encryption",
    ANN,
    { algorithm: "m.megolm.v1.aes-sha2" },
    { state_key: "" },
  );
  expect(again?.content["body"]).not.toMatch(/the meeting ends here/);
});
