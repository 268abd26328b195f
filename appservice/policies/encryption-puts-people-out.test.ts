import { expect, test } from "vitest";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { personId } from "../../tests/support/protocol/ids.ts";
import { DeviceId, formatTelegramId, type ParticipantId } from "../protocol/identity.ts";
import { openDatabase } from "../store/database.ts";
import { TelegramPeople } from "../store/telegram-people.ts";
import { translateTo } from "../language/translate.ts";
import { encryptionPutsPeopleOut } from "./encryption-puts-people-out.ts";
import { News } from "./news.ts";

const ANN = personId("@ann:hs");

test("a room that is encrypted in mid-meeting keeps neither its guests nor its people of Telegram, and hears why", async () => {
  const db = openDatabase(":memory:");
  const room = new TestRoom({ db });
  const { meetings, assemblies, guests: desk } = room;
  const [news, telegramPeople] = [new News(), new TelegramPeople(db)];
  const out: ParticipantId[] = [];
  const told: string[] = [];
  news.on("left-room", (_, who) => void out.push(who));
  const telegram = {
    tellOf: (_: unknown, who: ParticipantId, sentence: (t: ReturnType<typeof translateTo>, name: string) => string) =>
      void told.push(sentence(translateTo("en"), who)),
  };
  encryptionPutsPeopleOut({ news, desk, meetings, assemblies, telegramPeople, telegram, now: () => room.at });

  await room.say(ANN, "!circle join");
  const url = new URL(desk.makeLink(ROOM, ANN, { once: true, lobby: false, places: 5 }) ?? "");
  const code = new URLSearchParams(url.hash.slice(1)).get("guest") ?? "";
  await desk.knock({ code, name: "Gil", browser: DeviceId.parse("a-browser-of-gil") });
  const gil = desk.list(ROOM).seated[0]?.id ?? ANN;
  const [tanya, petya] = [1, 2].map(formatTelegramId) as [ParticipantId, ParticipantId];
  for (const id of [tanya, petya])
    telegramPeople.enter({ id, room: ROOM, name: "T", shown: "T (Telegram)", since: room.at }, room.at);
  for (const who of [gil, tanya])
    meetings.send(ROOM, { type: "join", name: "T", actor: madeActor(who), at: room.at, expectedVersion: null });
  await room.say(ANN, "!circle start");

  news.emit("encrypted", ROOM);
  const staying = meetings.of(ROOM)?.meeting.people.filter(({ presence }) => presence !== "left");
  expect(staying?.map(({ id }) => id)).toEqual([ANN]);
  expect(new Set(out)).toEqual(new Set([tanya, petya]));
  expect(room.gone).toEqual([gil]);
  // Nobody in the room has missed whoever did not sit there.
  expect(told).toEqual([expect.stringContaining(`${tanya} has left the circle: the room is encrypted now`)]);
  expect(room.sent.map(({ content }) => String(content["body"])).at(-1)).toContain("the room is encrypted now");
  expect(desk.list(ROOM)).toMatchObject({ links: [], seated: [] });
});
