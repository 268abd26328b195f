import { expect, test } from "vitest";
import { CIRCLES, READY } from "../../tests/support/assembly/ready.ts";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { DeviceId, type Language, type ParticipantId, RingNumber } from "../protocol/identity.ts";
import { type AssemblyCommandRequest, AssemblyMapResponse, type SeatRequest } from "../protocol/assembly-map.ts";
import { SEES_ALL } from "../store/sight.ts";
import { assemblyHandlers } from "./assembly-api.ts";
import { MadeJson, WithStatus } from "./bind.ts";
import { meetingFor } from "./meeting-response.ts";

const NAMES = ["ann", "bob", "eve", "dan", "kim", "lea"];
const idOf = (name: string) => `@${name}:hs` as ParticipantId;

function doors(room: TestRoom) {
  const deps = { assemblies: room.assemblies, meetings: room.meetings, now: () => room.at };
  const handlers = assemblyHandlers({
    ...deps,
    assemblyScenarios: READY,
    scenariosOf: async () => ({ all: CIRCLES }),
    languageOf: () => "en",
    seed: () => 1,
    refusalText: ({ code }) => code,
    voiceAccess: async (_room, { id, speaks }) => ({ url: "ws://call", token: `${id} ${speaks ? "speaks" : "hears"}` }),
  });
  const asking = (id: ParticipantId) => ({
    actor: madeActor(id),
    room: ROOM,
    place: room.meetings.placeFor(ROOM, id),
    sight: SEES_ALL,
    device: DeviceId.parse("device-of-a-tab-"),
  });
  const asked = (id: ParticipantId) => ({ asking: asking(id), params: {}, reads: () => null });
  const whole = (answer: unknown) => {
    if (answer instanceof MadeJson)
      return AssemblyMapResponse.parse(JSON.parse(new TextDecoder().decode(answer.bytes)));
    return AssemblyMapResponse.parse(answer instanceof WithStatus ? answer.json : answer);
  };
  const read = (answer: unknown) => whole(answer).assembly;
  return {
    room,
    map: async (id = idOf("ann")) => read(await handlers.assembly({ ...asked(id), body: undefined })),
    sit: async (id: ParticipantId, body: SeatRequest) => read(await handlers.assemblySeat({ ...asked(id), body })),
    meeting: (id: ParticipantId) => meetingFor(asking(id), { ...deps, listening: () => undefined }),
    voice: async (id: ParticipantId) => handlers.assemblyVoice({ ...asked(id), body: undefined }),
    ask: async (id: ParticipantId, body: AssemblyCommandRequest) =>
      read(await handlers.assemblyCommand({ ...asked(id), body })),
    gathering: async (id: ParticipantId, reads: Language | null = null) =>
      whole(await handlers.assembly({ ...asked(id), body: undefined, reads: () => reads })).gathering,
    letBegin() {
      room.at += 25_000;
      room.assemblies.send(ROOM, { type: "clock", at: room.at });
    },
  };
}

async function begun() {
  const room = new TestRoom();
  await room.say(idOf("ann"), "!circle assembly open");
  for (const name of NAMES) await room.say(idOf(name), "!circle assembly join");
  const made = doors(room);
  return {
    ...made,
    async start() {
      await room.say(idOf("ann"), "!circle assembly start assembly our garden");
      made.letBegin();
    },
  };
}

test("while an assembly runs there is a map: who sits where, whose turn it is, how far each ring is", async () => {
  const { room, map, start, meeting } = await begun();
  expect(await map()).toBeNull();
  await start();
  const shown = await map();
  expect(meeting(idOf("bob")).assembly).toBe(true);
  expect(shown).toMatchObject({ topic: "our garden", phase: { number: 1, of: 2, kind: "rings", closing: false } });
  expect(shown?.rings.flatMap(({ people }) => people.map(({ id }) => id)).toSorted()).toEqual(
    NAMES.map(idOf).toSorted(),
  );
  for (const { number, people, speaker, status, turns } of shown?.rings ?? []) {
    expect(people.map(({ id }) => room.assemblies.seatOf(ROOM, id))).toEqual(people.map(() => number));
    expect(people.map(({ id }) => id)).toContain(speaker);
    expect({ status, turns }).toEqual({ status: "running", turns: { done: 0, of: people.length } });
  }
  const first = shown?.rings[0];
  await room.say(first?.speaker ?? "", "!circle accept");
  await room.say(first?.speaker ?? "", "!circle pass");
  room.at += 1_000;
  expect((await map())?.rings[0]).toMatchObject({ turns: { done: 1 } });
  await room.say(idOf("ann"), "!circle assembly end");
  expect(await map()).toBeNull();
});

test("the map names the assembly and each of its parts in every language, a part without a theme by what it plays", async () => {
  const { map, ask } = doors(new TestRoom());
  const ann = idOf("ann");
  await ask(ann, { type: "open" });
  for (const name of NAMES) await ask(idOf(name), { type: "join" });
  await ask(ann, { type: "start", scenario: "double-link", topic: "" });
  const [assembly, council] = [READY.get("double-link"), CIRCLES.get("council")];
  expect(await map()).toMatchObject({ titles: assembly?.title, phase: { titles: council?.title } });
});

test("nobody sends commands without end: after sixty in a minute they wait", async () => {
  const { room, start, ask } = await begun();
  await start();
  for (let n = 0; n < 60; n++) await ask(idOf("bob"), { type: "call-keeper" });
  await expect(ask(idOf("bob"), { type: "call-keeper" })).rejects.toMatchObject({ code: "TOO_MUCH" });
  expect((await ask(idOf("eve"), { type: "ready" }))?.rings.flatMap(({ ready }) => ready)).toEqual([idOf("eve")]);
  room.at += 60_000;
  await ask(idOf("bob"), { type: "call-keeper" });
});

test("the keeper sits elsewhere at once and moves others; all others ask", async () => {
  const { room, map, sit, start } = await begun();
  await start();
  const elsewhere = (id: ParticipantId) => RingNumber.parse(room.assemblies.seatOf(ROOM, id) === 1 ? 2 : 1);
  const bob = idOf("bob");
  const to = elsewhere(bob);
  expect((await sit(bob, { to }))?.asked).toEqual([{ who: bob, to }]);
  expect(room.assemblies.seatOf(ROOM, bob)).not.toBe(to);
  await expect(sit(bob, { who: idOf("eve"), to: elsewhere(idOf("eve")) })).rejects.toThrow("not-keeper");
  await expect(sit(bob, { to: RingNumber.parse(99) })).rejects.toThrow("no-such-ring");
  const moved = await sit(idOf("ann"), { who: bob, to });
  expect(moved?.rings.find(({ number }) => number === to)?.people.map(({ id }) => id)).toContain(bob);
  expect((await map())?.asked).toEqual([]);
});

test("whoever takes no part sees the map, listens in any ring where all see it, and may take part", async () => {
  const { room, map, start, ask, meeting } = await begun();
  await start();
  const guest = `guest:${"0".repeat(32)}` as ParticipantId;
  expect((await map(guest))?.rings).toHaveLength(2);
  expect(meeting(guest).assembly).toBe(true);
  for (const to of [RingNumber.parse(1), RingNumber.parse(2)]) {
    const rings = (await ask(guest, { type: "visit", to }))?.rings ?? [];
    expect(rings.filter(({ visitors }) => visitors.some(({ id }) => id === guest)).map(({ number }) => number)).toEqual(
      [to],
    );
    expect(room.assemblies.seatOf(ROOM, guest)).toBe(to);
  }
  await expect(ask(idOf("bob"), { type: "visit", to: RingNumber.parse(2) })).rejects.toThrow("not-keeper");
  const sits = (await ask(guest, { type: "join" }))?.rings.filter(({ people }) =>
    people.some(({ id }) => id === guest),
  );
  expect(sits).toHaveLength(1);
  expect(sits?.[0]?.visitors).toEqual([]);
});

test("the keeper speaks to all groups: they alone send sound to that call, and whoever takes part hears it", async () => {
  const { start, map, ask, voice, room } = await begun();
  await start();
  const [ann, bob] = [idOf("ann"), idOf("bob")];
  await expect(voice(bob)).rejects.toMatchObject({ message: "no-voice" });
  await expect(ask(bob, { type: "speak-to-all" })).rejects.toThrow("not-keeper");
  const at = room.at;
  expect((await ask(ann, { type: "speak-to-all" }))?.voice).toEqual({ by: ann, name: "Ann", endsAt: at + 60_000 });
  expect(await voice(ann)).toMatchObject({ token: `${ann} speaks` });
  expect(await voice(bob)).toMatchObject({ token: `${bob} hears` });
  await expect(voice(idOf("stranger"))).rejects.toMatchObject({ message: "no-voice" });
  expect((await ask(ann, { type: "stop-speaking" }))?.voice).toBeNull();
  await expect(voice(ann)).rejects.toMatchObject({ message: "no-voice" });
  expect(await map()).toMatchObject({ voice: null });
});

test("by the page alone an assembly is opened, joined, wished about and begun, with groups as large as its keeper wants", async () => {
  const { ask, gathering, meeting, map, letBegin, room } = doors(new TestRoom());
  const guest = `guest:${"0".repeat(32)}` as ParticipantId;
  const [ann, bob, eve, dan] = NAMES.map(idOf) as [ParticipantId, ParticipantId, ParticipantId, ParticipantId];
  expect(meeting(ann).assembly).toBeUndefined();
  await expect(ask(guest, { type: "open" })).rejects.toThrow("not-keeper");
  expect(await ask(ann, { type: "open" })).toBeNull();
  await expect(ask(bob, { type: "open" })).rejects.toThrow("assembly-running");
  expect(meeting(bob).assembly).toBe(true);
  for (const name of NAMES) await ask(idOf(name), { type: "join", ...(name === "eve" && { language: "ru" }) });
  await ask(ann, { type: "wish", wish: "apart", people: [ann, bob] });
  await ask(bob, { type: "wish", wish: "together", people: [bob, dan] });
  await ask(ann, { type: "wish", wish: "together", people: [eve, ann] });
  await ask(ann, { type: "wish", wish: "either", people: [ann, eve] });
  const seen = await gathering(bob, "ru");
  expect(seen?.wishes).toEqual([
    { wish: "apart", people: [ann, bob] },
    { wish: "together", people: [bob, dan] },
  ]);
  expect(seen?.people).toContainEqual({ id: eve, name: eve, language: "ru" });
  expect(seen?.scenarios.find(({ id }) => id === "assembly")).toMatchObject({ title: "Собрание", size: { most: 7 } });
  expect(seen?.scenarios.find(({ id }) => id === "1-2-4-all")?.size).toBeNull();
  expect([seen?.mayStart, (await gathering(guest))?.mayStart]).toEqual([true, false]);
  const stranger = idOf("stranger");
  expect(await gathering(stranger)).toMatchObject({ mayStart: true, mayCallOff: false });
  await expect(ask(stranger, { type: "end" })).rejects.toThrow("not-keeper");
  expect([seen?.mayCallOff, (await gathering(guest))?.mayCallOff]).toEqual([true, false]);

  const sized = { type: "start", topic: "our garden", size: { least: 2, most: 2 } } as const;
  await expect(ask(ann, { ...sized, scenario: "1-2-4-all" })).rejects.toThrow("sizes-are-fixed");
  await expect(ask(ann, { ...sized, scenario: "nowhere" })).rejects.toThrow("unknown-scenario");
  const begun = await ask(ann, { ...sized, scenario: "assembly" });
  expect(begun).toMatchObject({ topic: "our garden", keeper: ann, phase: { kind: "plenary" } });
  letBegin();
  await ask(ann, { type: "go-on" });
  letBegin();
  expect((await map())?.rings.map(({ people }) => people.length)).toEqual([2, 2, 2]);
  const ringOf = (who: ParticipantId) => room.assemblies.seatOf(ROOM, who);
  expect(ringOf(bob)).toBe(ringOf(dan));
  expect(ringOf(ann)).not.toBe(ringOf(bob));
  expect(await gathering(ann)).toBeUndefined();
  expect(await ask(ann, { type: "end" })).toBeNull();
});

test("a wish about somebody who left is not listed until they are back", async () => {
  const { ask, gathering } = doors(new TestRoom());
  const [ann, bob, eve] = NAMES.map(idOf) as [ParticipantId, ParticipantId, ParticipantId];
  await ask(ann, { type: "open" });
  for (const who of [ann, bob, eve]) await ask(who, { type: "join" });
  await ask(ann, { type: "wish", wish: "together", people: [ann, bob] });
  await ask(ann, { type: "wish", wish: "apart", people: [ann, eve] });
  await ask(bob, { type: "leave" });
  expect((await gathering(ann))?.wishes).toEqual([{ wish: "apart", people: [ann, eve] }]);
  await ask(bob, { type: "join" });
  expect((await gathering(ann))?.wishes).toHaveLength(2);
});

test("a wish of three of whom one left is that of the two who stayed, who can take it back", async () => {
  const { ask, gathering } = doors(new TestRoom());
  const [ann, bob, eve] = NAMES.map(idOf) as [ParticipantId, ParticipantId, ParticipantId];
  await ask(ann, { type: "open" });
  for (const who of [ann, bob, eve]) await ask(who, { type: "join" });
  await ask(ann, { type: "wish", wish: "together", people: [eve, ann, bob] });
  await ask(eve, { type: "leave" });
  expect((await gathering(bob))?.wishes).toEqual([{ wish: "together", people: [ann, bob] }]);
  await ask(bob, { type: "wish", wish: "either", people: [bob, ann] });
  expect((await gathering(bob))?.wishes).toEqual([]);
  await ask(eve, { type: "join" });
  expect((await gathering(bob))?.wishes, "it is not there again with whoever left").toEqual([]);
});

test("who gathers already may choose another language for their group, and stays where they are", async () => {
  const { ask, gathering, room } = doors(new TestRoom());
  const [ann, bob] = NAMES.map(idOf) as [ParticipantId, ParticipantId];
  await ask(ann, { type: "open" });
  for (const who of [ann, bob]) await ask(who, { type: "join" });
  await ask(ann, { type: "wish", wish: "together", people: [ann, bob] });
  const happened: string[] = [];
  room.assemblies.listen((_, events) => happened.push(...events.map(({ type }) => type)));
  await ask(ann, { type: "join", language: "ru" });
  expect(happened, "nobody is gone meanwhile").toEqual(["member-joined"]);
  const seen = await gathering(bob);
  expect(seen?.people.map(({ id, language }) => [id, language])).toEqual([
    [ann, "ru"],
    [bob, null],
  ]);
  expect(seen?.wishes).toHaveLength(1);
  await expect(ask(ann, { type: "join", language: "ru" })).rejects.toThrow("already-in-assembly");
  await expect(ask(ann, { type: "join" }), "nothing is said of it").rejects.toThrow("already-in-assembly");
  expect((await gathering(bob))?.people[0]?.language).toBe("ru");
  await ask(ann, { type: "join", language: null });
  expect((await gathering(bob))?.people[0]?.language).toBeNull();
});

test("topics are proposed and chosen by the page, which shows who chose which", async () => {
  const { ask, map } = doors(new TestRoom());
  const [ann, bob] = NAMES.map(idOf) as [ParticipantId, ParticipantId];
  await ask(ann, { type: "open" });
  for (const name of NAMES) await ask(idOf(name), { type: "join" });
  await ask(ann, { type: "start", scenario: "open-space", topic: "" });
  await ask(ann, { type: "propose-topic", text: "Bread" });
  await ask(bob, { type: "propose-topic", text: "Salt" });
  await ask(bob, { type: "choose-topic", topic: 1 });
  expect((await map())?.topics).toEqual([
    { id: 1, text: "Bread", chosen: [ann, bob] },
    { id: 2, text: "Salt", chosen: [] },
  ]);
  await expect(ask(bob, { type: "choose-topic", topic: 9 })).rejects.toThrow("no-such-topic");
  const rings = (await map())?.rings.map(({ people }) => people.map(({ id }) => id));
  expect(rings, "whoever takes part is seen to do so").toEqual([NAMES.map(idOf)]);
});

test("words to all are told by the name of a moderator who takes no seat", async () => {
  const room = new TestRoom();
  await room.say(idOf("bob"), "!circle assembly open");
  for (const name of NAMES.slice(1)) await room.say(idOf(name), "!circle assembly join");
  await room.say(idOf("bob"), "!circle assembly start assembly our garden");
  await room.say(idOf("ann"), "!circle assembly tell Lunch at one");
  expect((await doors(room).map())?.told).toMatchObject({ by: "Ann", text: "Lunch at one" });
});

test("by the page the keeper takes somebody out and hands over; whoever may not is told so", async () => {
  const { room, start, ask } = await begun();
  await start();
  const [bob, eve] = [idOf("bob"), idOf("eve")];
  for (const asked of [{ type: "take-out", who: eve } as const, { type: "hand-over", to: eve } as const])
    await expect(ask(bob, asked)).rejects.toThrow("not-keeper");
  await ask(idOf("ann"), { type: "take-out", who: eve });
  expect(room.assemblies.seatOf(ROOM, eve)).toBeNull();
  expect((await ask(idOf("ann"), { type: "hand-over", to: bob }))?.keeper).toBe(bob);
});
