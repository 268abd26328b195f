import { expect, test } from "vitest";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { guestsMeeting } from "../parts/guests-meeting.ts";
import { DeviceId, formatTelegramId, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import { openDatabase } from "../store/database.ts";
import { GuestLinks } from "../store/guest-links.ts";
import { Guests } from "../store/guests.ts";
import { TelegramPeople } from "../store/telegram-people.ts";
import { guestsOfOneMeeting } from "./guests-of-one-meeting.ts";
import { News } from "./news.ts";
import { telegramPeoplePutOut } from "./telegram-people-put-out.ts";

const NAMES = ["ann", "bob", "eve"];
const ANN = "@ann:hs" as ParticipantId;
const STRANGER = "@dan:hs";

function furnished() {
  const db = openDatabase(":memory:");
  const room = new TestRoom({ db });
  const [news, guests] = [new News(), new Guests(db)];
  const out: ParticipantId[] = [];
  news.on("left-room", (_, who) => void out.push(who));
  const { meetings, assemblies, guests: desk } = room;
  const nameOf = async (_: RoomId, who: ParticipantId) => (who === ANN ? "Ann" : who);
  const named = { nameOf, now: () => room.at };
  guestsOfOneMeeting({ news, meetings, assemblies, guests, guestLinks: new GuestLinks(db), desk, ...named });
  const link = (always = false) => {
    const wish = { once: !always, lobby: false, places: 5 };
    return new URLSearchParams(new URL(desk.makeLink(ROOM, ANN, wish) ?? "").hash.slice(1)).get("guest") ?? "";
  };
  const telegramPeople = new TelegramPeople(db);
  telegramPeoplePutOut({ news, meetings, assemblies, telegramPeople, telegram: null, ...named });
  const ofChat = (user: number, name: string) => {
    const id = formatTelegramId(user);
    telegramPeople.enter({ id, room: ROOM, name, shown: `${name} (Telegram)`, since: room.at }, room.at);
    return id;
  };
  return {
    room,
    desk,
    out,
    link,
    chat: {
      tanya: ofChat(1, "Tanya"),
      petya: ofChat(2, "Petya"),
      stateOf: (who: ParticipantId) => telegramPeople.find(ROOM, who)?.state,
    },
    knock: (code: string, name: string) => desk.knock({ code, name, browser: DeviceId.parse(name.padEnd(16, "x")) }),
    seated: (name: string) => desk.list(ROOM).seated.find((each) => each.name.startsWith(name))?.id as ParticipantId,
    newest: () => guestsMeeting(ROOM, room),
    open: async () => {
      await room.say(ANN, "!circle assembly open");
      for (const name of NAMES) await room.say(`@${name}:hs`, "!circle assembly join");
    },
    start: () => room.say(ANN, "!circle assembly start our garden"),
    end: () => room.say(ANN, "!circle assembly end"),
  };
}

test.each([
  ["gathers", false, "!circle join"],
  ["gathers", false, "!circle start"],
  ["runs", true, "!circle join"],
  ["runs", true, "!circle start"],
])("while an assembly %s its guests stay, whatever begins in the room", async (_, runs, typed) => {
  const { room, out, link, knock, seated, newest, open, start, end } = furnished();
  await open();
  await knock(link(), "Gil");
  const gil = seated("Gil");
  const assembly = newest()?.id;
  if (runs) await start();
  await room.say(STRANGER, typed);
  expect(room.meetings.of(ROOM)?.meeting.phase).toBeDefined();
  expect(out).toEqual([]);
  if (!runs && typed === "!circle start") return;
  expect(newest()?.id).toBe(assembly);
  expect(seated("Gil")).toBe(gil);
  await end();
  expect(out, "the meeting that gathered beside it is the next").toEqual([gil]);
});

test("a link for one meeting that was made before opens the assembly, and is closed with it", async () => {
  const { room, desk, link, knock, open, start, end } = furnished();
  const [before, always] = [link(), link(true)];
  await open();
  const during = link();
  for (const [code, name] of [
    [before, "Gil"],
    [during, "Hal"],
    [always, "Ida"],
  ] as const)
    expect((await knock(code, name)).state).toBe("in");
  await start();
  await end();
  expect(desk.list(ROOM).links.map(({ once }) => once)).toEqual([false]);
  await room.say(ANN, "!circle join");
  await expect(knock(before, "Gil")).rejects.toMatchObject({ code: "GUEST_LINK_OVER" });
  expect((await knock(always, "Ida")).state).toBe("in");
});

test("guests of the meeting before are out when an assembly gathers, and those of one that runs are not", async () => {
  const { room, out, link, knock, seated, newest, open } = furnished();
  await room.say(ANN, "!circle join");
  await room.say("@bob:hs", "!circle join");
  await knock(link(), "Gil");
  const gil = seated("Gil");
  await room.say(ANN, "!circle start");
  const meeting = newest()?.id;
  await open();
  expect([out, newest()?.id]).toEqual([[], meeting]);
  await room.say(ANN, "!circle end");
  expect(out).toEqual([gil]);
  expect(newest()?.id).not.toBe(meeting);
});

test("a guest whom the keeper takes out of the assembly is out for good", async () => {
  const { room, desk, link, knock, seated, open, start } = furnished();
  await open();
  const code = link(true);
  await knock(code, "Gil");
  const gil = seated("Gil");
  room.assemblies.send(ROOM, { type: "join", actor: madeActor(gil), name: "Gil", language: null, at: room.at });
  await start();
  await room.say(ANN, "!circle assembly out Gil");
  await Promise.resolve();
  expect(desk.list(ROOM)).toMatchObject({ seated: [], links: [] });
  await expect(knock(code, "Gil")).rejects.toMatchObject({ code: "GUEST_TURNED_AWAY" });
});

test.each(["circle", "assembly"])(
  "a moderator without a seat who puts a guest out of the %s is named as the room knows them",
  async (kind) => {
    const { room, link, knock, seated } = furnished();
    const bob = "@bob:hs";
    if (kind === "assembly") await room.say(bob, "!circle assembly open");
    const typed = kind === "assembly" ? "!circle assembly" : "!circle";
    await room.say(bob, `${typed} join`);
    await knock(link(true), "Gil");
    const [gil, at] = [seated("Gil"), room.at];
    const actor = madeActor(gil);
    if (kind === "assembly") room.assemblies.send(ROOM, { type: "join", actor, name: "Gil", language: null, at });
    else room.meetings.send(ROOM, { type: "join", actor, name: "Gil", at, expectedVersion: null });
    await room.say(bob, `${typed} start`);
    await room.say(ANN, `${typed} out Gil`);
    const told = () => String(room.sent.findLast(({ key }) => key.startsWith("guest:"))?.content["body"]);
    await expect.poll(told).toContain("Ann");
    expect(told()).not.toContain(ANN);
  },
);

test("guests of a meeting that only gathers stay when an assembly opens beside it, and come in by their link", async () => {
  const { room, desk, out, link, knock, seated, open, start, end } = furnished();
  await room.say(ANN, "!circle join");
  const code = link();
  await knock(code, "Gil");
  const gil = seated("Gil");
  await open();
  expect(out).toEqual([]);
  expect((await knock(code, "Gil")).state, "their page is opened anew").toBe("in");
  expect((await knock(code, "Hal")).state).toBe("in");
  expect(
    desk
      .list(ROOM)
      .seated.map(({ name }) => name)
      .toSorted(),
  ).toEqual(["Gil (guest)", "Hal (guest)"]);
  room.assemblies.send(ROOM, { type: "join", actor: madeActor(gil), name: "Gil", language: null, at: room.at });
  await start();
  expect(room.assemblies.seatOf(ROOM, gil)).not.toBeNull();
  await end();
  expect([out, seated("Gil")], "the meeting that they came for gathers on").toEqual([[], gil]);
});

test("whoever is taken out of the gallery is out for good, be they a guest or of Telegram", async () => {
  const { room, desk, out, link, knock, seated, open, start, chat } = furnished();
  await open();
  await start();
  const code = link(true);
  await knock(code, "Gil");
  const gil = seated("Gil");
  const listen = (who: ParticipantId, name: string) =>
    room.assemblies.send(ROOM, { type: "listen-in", actor: madeActor(who), name, to: 1, at: room.at });
  const takeOut = (who: ParticipantId) => {
    const actor = madeActor(ANN, { name: "Ann" });
    expect(room.assemblies.send(ROOM, { type: "take-out", actor, who, at: room.at }).accepted).toBe(true);
  };
  for (const [who, name] of [
    [gil, "Gil"],
    [chat.tanya, "Tanya"],
    [chat.petya, "Petya"],
  ] as const)
    expect(listen(who, name).accepted).toBe(true);
  room.assemblies.send(ROOM, { type: "leave", actor: madeActor(chat.petya), at: room.at });
  takeOut(gil);
  takeOut(chat.tanya);
  await Promise.resolve();
  await expect(knock(code, "Gil")).rejects.toMatchObject({ code: "GUEST_TURNED_AWAY" });
  expect(desk.list(ROOM).seated).toEqual([]);
  expect(chat.stateOf(chat.tanya)).toBe("out");
  expect(chat.stateOf(chat.petya), "they went themselves").toBe("in");
  expect(out).toEqual([chat.tanya]);
});
