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

/** A room in whose assembly Ann is, by a link that her phone has opened. */
async function inAssembly() {
  const db = openDatabase(":memory:");
  const room = new TestRoom({ db });
  const links = new Links(db);
  linksLastForTheMeeting({ meetings: room.meetings, assemblies: room.assemblies, links });
  await room.say(ANN, "!circle assembly open");
  for (const name of ["ann", "kim", "lea"]) await room.say(`@${name}:hs`, "!circle assembly join");
  await room.say(ANN, "!circle assembly start our garden");
  const code = links.make({ participant: ANN, room: ROOM }, room.at);
  const opens = () => links.take(code, room.at, PHONE) !== null;
  expect(opens()).toBe(true);
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
