import { expect, test } from "vitest";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { personId } from "../../tests/support/protocol/ids.ts";
import { circleOf, handsOf } from "../circle/meeting.ts";
import { formatTelegramId } from "../protocol/identity.ts";
import { pressInTelegram, type TelegramPressDeps } from "./telegram-acts.ts";

const NAMES = ["ann", "bob", "eve", "dan", "kim", "lea", "tom"];
const TANYA = 7;
const tanya = formatTelegramId(TANYA);

/** An assembly of two groups, in one of which Tanya of Telegram sits; a button pressed by her under a group's circle. */
async function assembled() {
  const room = new TestRoom();
  await room.say("@ann:hs", "!circle assembly open");
  for (const name of NAMES) await room.say(`@${name}:hs`, "!circle assembly join");
  const actor = madeActor(tanya);
  room.assemblies.send(ROOM, { type: "join", actor, name: "Tanya", language: null, at: room.at });
  await room.say("@ann:hs", "!circle assembly start assembly our garden");
  room.at += 25_000;
  room.assemblies.send(ROOM, { type: "clock", at: room.at });
  const meetingOf = (ring: number) => room.meetings.of({ room: ROOM, ring })?.meeting;
  let update = 0;
  const press = (ring: number, tells: string) => {
    const meeting = meetingOf(ring);
    if (!meeting) throw new Error(`group ${ring} has no circle`);
    const deps: TelegramPressDeps = {
      meetings: room.meetings,
      languageOf: () => "en",
      actorOf: async () => actor,
      messageOf: () => ({ meeting: meeting.id, key: `circle:${circleOf(meeting)?.index}` }),
      take: () => true,
      unit: { run: (work) => work() },
      now: () => room.at,
    };
    const from = { id: TANYA, firstName: "Tanya" };
    return pressInTelegram(ROOM, { chat: -1, message: 1, from, tells, update: ++update }, deps);
  };
  const own = room.assemblies.seatOf(ROOM, personId(tanya)) ?? 0;
  return { own, meetingOf, press };
}

test("whoever sits in a group of an assembly raises a hand by the button under its circle, and lowers it", async () => {
  const { own, meetingOf, press } = await assembled();
  const hands = () => handsOf(meetingOf(own)).map(({ who }) => who);
  expect(await press(own, "✋")).toBe("Done");
  expect(hands()).toEqual([tanya]);
  expect(await press(own, "✋")).toBe("Done");
  expect(hands()).toEqual([]);
});

test("a button under the circle of another group says that one is not in it", async () => {
  const { own, meetingOf, press } = await assembled();
  const other = own === 1 ? 2 : 1;
  expect(await press(other, "✋")).toBe("You are not in this circle, or not any more.");
  expect(handsOf(meetingOf(other))).toEqual([]);
});
