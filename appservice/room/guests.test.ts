import { DeviceId, type ParticipantId } from "../protocol/identity.ts";
import { expect, test } from "vitest";
import { BOT, ROOM, TestRoom } from "../../tests/support/room/room.ts";

const ANN = "@ann:hs";
const BOB = "@bob:hs";

/** A meeting that Ann keeps, with a link for guests, and Cid before the door. */
async function atTheDoor(name = "Cid", typed = "!circle guests") {
  const room = await TestRoom.running();
  const answer = await room.say(ANN, typed);
  const code = /guest=([\w-]+)/.exec(JSON.stringify(room.direct.at(-1)))?.[1] ?? "";
  const browser = "x".repeat(16);
  const knock = () => room.guests.knock({ code, browser, name });
  await knock();
  const said = room.sent.find(({ key }) => key.startsWith("guest:"));
  const eventId = `$bot${room.sent.indexOf(said!) + 1}`;
  const press = (who: string, key: string) =>
    room.happens("m.reaction", who, { "m.relates_to": { rel_type: "m.annotation", event_id: eventId, key } });
  return { room, answer, knock, said, press };
}

test("the keeper gets the link in a room with the bot alone; the room hears that it was sent, and no more", async () => {
  const { room, answer } = await atTheDoor();
  expect(answer).toMatch(/sent you the link for guests in a private message/);
  expect(JSON.stringify(room.direct)).toContain("https://mm.example.org/widget/#guest=");
  expect(JSON.stringify(room.direct)).toMatch(/waits until you let them in.*places for 10 guests/);
  expect(answer).not.toContain("guest=");
});

test("who waits is announced with two signs to press; the keeper's ✅ lets them in, and all see who came as a guest", async () => {
  const { room, said, press, knock } = await atTheDoor();
  expect(said?.content["body"]).toMatch(/^Cid \(guest\) waits to be let in/);
  expect(room.sent.filter(({ key }) => key.startsWith("guest-sign:")).map(({ content }) => content["key"])).toEqual([
    "✅",
    "❌",
  ]);
  await press(BOT, "✅");
  expect((await knock()).state).toBe("waits");
  const refused = await press(BOB, "✅");
  expect(JSON.stringify(refused)).toMatch(/Only the keeper or a moderator can do that/);
  expect((await knock()).state).toBe("waits");
  const sent = await press(ANN, "✅️");
  expect((await knock()).state).toBe("in");
  expect(JSON.stringify(sent)).toMatch(/Cid \(guest\) has been let in as a guest by Ann|by ann/i);
});

test("and the keeper's ❌ turns them away; a later sign changes nothing", async () => {
  const { press, knock } = await atTheDoor();
  await press(ANN, "❌");
  await expect(knock()).rejects.toMatchObject({ code: "GUEST_TURNED_AWAY" });
  await press(ANN, "✅");
  await expect(knock()).rejects.toMatchObject({ code: "GUEST_TURNED_AWAY" });
});

test("where all places are taken the keeper is told so, and who waits waits on", async () => {
  const { room, press, knock } = await atTheDoor("Cid", "!circle guests 1");
  const code = /guest=([\w-]+)/.exec(JSON.stringify(room.direct.at(-1)))?.[1] ?? "";
  await room.guests.knock({ code, browser: "y".repeat(16), name: "Dora" });
  const dora = room.guests.list(ROOM).waiting.find(({ name }) => name.startsWith("Dora"))!.id;
  room.guests.decide(ROOM, dora, true, { id: ANN as ParticipantId, name: "Ann" });
  expect(JSON.stringify(await press(ANN, "✅"))).toMatch(/All places of the link by which they came are taken/);
  expect((await knock()).state).toBe("waits");
});

test("of somebody who is called like a member the room is told", async () => {
  const { said } = await atTheDoor("Аnn");
  expect(said?.content["body"]).toMatch(/Аnn \(guest, namesake\).*\n.*looks the same/s);
});

test("links are for those who keep the meeting, and are taken back by them", async () => {
  const { room } = await atTheDoor();
  expect(await room.say(BOB, "!circle guests")).toMatch(/Only the keeper/);
  expect(await room.say(BOB, "!circle guests off")).toMatch(/Only the keeper/);
  expect(room.guests.list(ROOM).links.length).toBe(1);
  await room.say(ANN, "!круг гости всегда открыто 3");
  expect(room.guests.list(ROOM).links).toContainEqual(
    expect.objectContaining({ once: false, lobby: false, places: 3 }),
  );
  expect(await room.say(ANN, "!circle guests off")).toMatch(/2/);
  expect(room.guests.list(ROOM).links).toEqual([]);
});

test.each([
  "!circle guests 0",
  "!circle guests 51",
  "!circle guests off 3",
  "!circle guests 3 4",
  "!circle guests please",
])("%s is not understood, and makes no link", async (typed) => {
  const room = await TestRoom.running();
  expect(await room.say(ANN, typed)).toMatch(/!circle guests/);
  expect(room.guests.list(ROOM).links).toEqual([]);
});

test("a link opens an assembly, too, where the room's own meeting is over: whoever takes no part in it may listen", async () => {
  const room = await TestRoom.running();
  await room.say(ANN, "!circle end");
  const made = room.guests.makeLink(ROOM, ANN as ParticipantId, { once: false, lobby: false, places: 5 }) ?? "";
  const code = new URLSearchParams(new URL(made).hash.slice(1)).get("guest") ?? "";
  const knock = () => room.guests.knock({ code, browser: DeviceId.parse("x".repeat(16)), name: "Cid" });
  expect((await knock()).state).toBe("early");
  await room.say(ANN, "!circle assembly open");
  expect((await knock()).state).toBe("in");
  await room.say(ANN, "!circle assembly start our garden");
  expect((await knock()).state).toBe("in");
  await room.say(ANN, "!circle assembly end");
  await expect(knock()).resolves.toMatchObject({ state: "early" });
});
