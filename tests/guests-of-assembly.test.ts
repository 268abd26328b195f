import { expect, test } from "vitest";
import { guestHandlers } from "../appservice/http/guests-api.ts";
import type { Visitor } from "../appservice/http/visitor.ts";
import { type GuestsRequest, GuestsResponse } from "../appservice/protocol/guests.ts";
import { DeviceId } from "../appservice/protocol/identity.ts";
import { SEES_ALL } from "../appservice/store/sight.ts";
import { personId } from "./support/protocol/ids.ts";
import { madeActor } from "./support/protocol/made-actor.ts";
import { ROOM, TestRoom } from "./support/room/room.ts";

const BOB = "@bob:hs";

test("the keeper of an assembly hosts its guests wherever they sit, and the keeper of one of its groups does not", async () => {
  const room = new TestRoom();
  // Ann moderates the room, and so may do it anyway.
  const names = ["bob", "eve", "dan", "kim", "lea", "pam"].map((name) => personId(`@${name}:hs`));
  for (const who of names.slice(1))
    room.state.push({ type: "m.room.member", state_key: who, sender: who, content: { membership: "join" } });
  await room.say(BOB, "!circle assembly open");
  for (const name of names) await room.say(name, "!circle assembly join");
  await room.say(BOB, "!circle assembly start assembly our garden");
  room.at += 25_000;
  room.assemblies.send(ROOM, { type: "clock", at: room.at });
  const assembly = room.assemblies.of(ROOM);
  const keepers = assembly?.phase === "running" ? assembly.rings.map(({ keeper }) => keeper) : [];
  const other = keepers.find((keeper) => keeper !== BOB) ?? "";
  expect(await room.say(other, "!circle guests")).toMatch(
    /lead into the assembly now: its keeper or a moderator makes them/,
  );
  expect(room.direct).toEqual([]);
  expect(await room.say(BOB, "!circle guests")).toMatch(/sent you the link/);
  const code = /guest=([\w-]+)/.exec(JSON.stringify(room.direct.at(-1)))?.[1] ?? "";
  const knock = () => room.guests.knock({ code, browser: "x".repeat(16), name: "Cid" });
  await knock();
  const said = room.sent.find(({ key }) => key.startsWith("guest:"));
  const eventId = `$bot${room.sent.indexOf(said!) + 1}`;
  const relates = { rel_type: "m.annotation", event_id: eventId, key: "✅" };
  for (const [who, state] of [
    [other, "waits"],
    [BOB, "in"],
  ] as const) {
    await room.happens("m.reaction", who, { "m.relates_to": relates });
    expect((await knock()).state).toBe(state);
  }
  const handlers = guestHandlers(room);
  const list = (who: string) =>
    handlers.guests({ asking: visitorOf(room, who), params: {}, body: undefined, reads: () => null });
  await expect(async () => list(other)).rejects.toThrow();
  expect(await list(BOB)).toMatchObject({ links: [{}] });
});

test("who gathers a circle hosts its guests also once an assembly gathers beside it, whose keeper does not", async () => {
  const room = new TestRoom();
  const [bob, dan] = [personId(BOB), personId("@dan:hs")];
  for (const who of [bob, dan])
    room.state.push({ type: "m.room.member", state_key: who, sender: who, content: { membership: "join" } });
  await room.say(dan, "!circle join");
  await room.say(dan, "!circle guests");
  const code = /guest=([\w-]+)/.exec(JSON.stringify(room.direct.at(-1)))?.[1] ?? "";
  const knock = () => room.guests.knock({ code, browser: "x".repeat(16), name: "Cid" });
  await knock();
  const said = room.sent.find(({ key }) => key.startsWith("guest:"));
  const eventId = `$bot${room.sent.indexOf(said!) + 1}`;
  await room.say(bob, "!circle assembly open");
  await room.say(bob, "!circle assembly join");
  const asks = { params: {}, reads: () => null };
  const handlers = guestHandlers(room);
  const list = async (who: string) =>
    GuestsResponse.parse(await handlers.guests({ ...asks, asking: visitorOf(room, who), body: undefined }));
  const change = async (who: string, body: GuestsRequest) =>
    handlers.changeGuests({ ...asks, asking: visitorOf(room, who), body });
  expect(await list(bob)).toMatchObject({ waiting: [] });
  expect(await list(bob)).toMatchObject({ mayMake: true });
  const { waiting, links, mayMake } = await list(dan);
  expect(mayMake).toBe(false);
  await expect(change(dan, { type: "make-link", once: true, lobby: true, places: 1 })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await room.say(dan, "!circle guests")).toMatch(/lead into the assembly now/);
  expect([waiting, links]).toMatchObject([[{ name: "Cid (guest)" }], [{ once: true }]]);
  const [{ id: guest }, { id: link }] = [waiting[0]!, links[0]!];
  for (const type of ["let-in", "put-out"] as const)
    await expect(change(bob, { type, guest })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await room.happens("m.reaction", bob, {
    "m.relates_to": { rel_type: "m.annotation", event_id: eventId, key: "✅" },
  });
  expect((await knock()).state).toBe("waits");
  expect(await change(dan, { type: "let-in", guest })).toMatchObject({ seated: [{ id: guest }] });
  expect((await knock()).state).toBe("in");
  await room.say(bob, "!circle guests");
  expect(await list(dan)).toMatchObject({ links: [{ id: link }] });
  expect(await list(bob)).toMatchObject({ links: [{}, {}], seated: [] });
});

function visitorOf(room: TestRoom, who: string): Visitor {
  const id = personId(who);
  const place = room.meetings.placeFor(ROOM, id);
  return { actor: madeActor(id), room: ROOM, place, sight: SEES_ALL, device: DeviceId.parse("device-of-a-tab-") };
}
