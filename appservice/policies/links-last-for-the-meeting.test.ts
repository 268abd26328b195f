import { expect, test } from "vitest";
import { personId } from "../../tests/support/protocol/ids.ts";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { DeviceId } from "../protocol/identity.ts";
import { openDatabase } from "../store/database.ts";
import { Links } from "../store/links.ts";
import { linksLastForTheMeeting } from "./links-last-for-the-meeting.ts";

const ANN = personId("@ann:hs");
const STRANGER = "@bob:hs";
const PHONE = DeviceId.parse("phone-of-somebody");

/** A room in which Ann's phone opens a link of hers. */
function withLink() {
  const db = openDatabase(":memory:");
  const room = new TestRoom({ db });
  const links = new Links(db);
  linksLastForTheMeeting({ meetings: room.meetings, assemblies: room.assemblies, links });
  const code = links.make({ participant: ANN, room: ROOM }, room.at);
  const opens = () => links.take(code, room.at, PHONE) !== null;
  expect(opens()).toBe(true);
  return { room, opens };
}

/** The same, in whose assembly Ann is. */
async function inAssembly() {
  const { room, opens } = withLink();
  await room.say(ANN, "!circle assembly open");
  for (const name of ["ann", "kim", "lea"]) await room.say(`@${name}:hs`, "!circle assembly join");
  await room.say(ANN, "!circle assembly start our garden");
  return { room, opens };
}

test("a personal link that was opened in an assembly opens it again until it is over, and nothing after that", async () => {
  const { room, opens } = await inAssembly();
  expect(opens()).toBe(true);
  await room.say(ANN, "!circle assembly end");
  expect(opens()).toBe(false);
});

test("a circle beside it that is over ends no link into the assembly, nor the assembly one into a circle that goes on", async () => {
  const { room, opens } = await inAssembly();
  const begins = async () => {
    await room.say(STRANGER, "!circle join");
    await room.say(STRANGER, "!circle start");
  };
  await begins();
  await room.say(STRANGER, "!circle end");
  expect(room.meetings.of(ROOM)?.meeting.phase).toBe("ended");
  expect(opens()).toBe(true);
  await begins();
  await room.say(ANN, "!circle assembly end");
  expect(opens()).toBe(true);
  await room.say(STRANGER, "!circle end");
  expect(opens()).toBe(false);
});

test("a link opened for an assembly that gathers outlasts a circle beside it, and ends once that is called off", async () => {
  const { room, opens } = withLink();
  await room.say(STRANGER, "!circle join");
  await room.say(STRANGER, "!circle start");
  await room.say(ANN, "!circle assembly open");
  await room.say(ANN, "!circle assembly join");
  await room.say(STRANGER, "!circle end");
  expect(room.meetings.of(ROOM)?.meeting.phase).toBe("ended");
  expect(opens()).toBe(true);
  await room.say(ANN, "!circle assembly end");
  expect(opens()).toBe(false);
});

test("one opened for a circle that gathers outlasts an assembly that is called off, if anybody is in the circle", async () => {
  const { room, opens } = withLink();
  await room.say(ANN, "!circle join");
  const callsOff = async () => {
    await room.say(ANN, "!circle assembly open");
    await room.say(ANN, "!circle assembly end");
    expect(room.assemblies.of(ROOM)?.phase).toBe("ended");
  };
  await callsOff();
  expect(opens()).toBe(true);
  await room.say(ANN, "!circle leave");
  await callsOff();
  expect(opens()).toBe(false);
});
