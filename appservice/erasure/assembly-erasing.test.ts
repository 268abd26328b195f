import { expect, test } from "vitest";
import { who } from "../../tests/support/assembly/table.ts";
import { assemblyService, assemblyServiceOnDisk, EIGHT, given } from "../../tests/support/erasure/wordy-assembly.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { AssemblyErasing, type AssemblyMessages } from "../journal/assembly-erasing.ts";

const ROOM = roomId("!garden:hs");
const STRANGER = who("zoe");
const never = () => false;
/** Wish of somebody to have all erased that they gave until then. */
const wish = (whose: ParticipantId, at: number) => ({ room: ROOM, who: whose, at, begun: at });

/** Assemblies of one room, and what is asked of their messages. */
function house() {
  const service = assemblyServiceOnDisk(ROOM);
  const { clock, stores } = service;
  const { assemblies } = service;
  const asked: string[] = [];
  const messages: AssemblyMessages = {
    renew: async ({ id }) => void asked.push(`renew ${id}`),
    takeAwayOf: (_, id, erased) => void asked.push(`take away ${id} ${erased.join()}`),
    takeAwayAll: (_, id) => void asked.push(`take away all ${id}`),
  };
  const erasing = new AssemblyErasing({ assemblies, journal: stores.assemblyJournal, messages });
  return {
    ...service,
    erasing,
    asked,
    passes: (ms: number) => (clock.now += ms),
    id: () => assemblies.of(ROOM)!.id,
    written: (id = assemblies.of(ROOM)!.id) => JSON.stringify(stores.assemblyJournal.read(id)),
    ids: () => stores.assemblyJournal.begunBefore(ROOM, Infinity),
    gather: () => {
      assemblies.open(ROOM, "en");
      for (const name of EIGHT) service.by(name, { type: "join", name, language: null });
    },
  };
}

test("that somebody's words are erased is written once for a moment, and for nobody who was not there", () => {
  const { erasing, begun, clock, written } = house();
  begun();
  erasing.takeBack(wish(STRANGER, clock.now));
  expect(written()).not.toContain("words-erased");
  erasing.takeBack(wish(who("ann"), clock.now));
  erasing.takeBack(wish(who("ann"), clock.now));
  expect(written().split("words-erased")).toHaveLength(2);
});

test("words of an assembly that began at the moment of the wish are erased, of one that began later not", () => {
  const { erasing, begun, end, passes, clock, written, id } = house();
  const asked = clock.now;
  begun();
  const first = id();
  end();
  passes(1);
  begun();
  erasing.takeBack(wish(who("ann"), asked));
  expect(written(first)).toContain("words-erased");
  expect(written()).not.toContain("words-erased");
});

test("a service that ends erases nothing more, and says nothing in the room", async () => {
  const { erasing, begun, clock, written, asked } = house();
  begun();
  erasing.takeBack(wish(who("bob"), clock.now));
  await erasing.erase(wish(who("bob"), clock.now), () => true);
  expect(written()).toContain(given("bob", "proposed"));
  let looks = 0;
  await erasing.erase(wish(who("bob"), clock.now), () => looks++ > 0);
  expect(written()).not.toContain(given("bob", "proposed"));
  expect(asked).toEqual([]);
});

test("messages of the assembly are made anew after an erasure; of one that cannot be read they go", async () => {
  const { erasing, begun, end, passes, clock, id, asked, stores } = house();
  begun();
  const first = id();
  end();
  passes(1);
  begun();
  stores.db.prepare("UPDATE assembly_events SET body = '{' WHERE assembly = ? AND seq = 4").run(first);
  erasing.takeBack(wish(who("bob"), clock.now));
  await erasing.erase(wish(who("bob"), clock.now), never);
  expect(asked).toEqual([`take away ${first} ${who("bob")}`, `renew ${id()}`]);
});

test("in a room whose only assembly cannot be read the messages with the words go", async () => {
  const { begun, end, clock, id, stores } = house();
  begun();
  end();
  const only = id();
  stores.db.prepare("UPDATE assembly_events SET body = '{' WHERE assembly = ? AND seq = 4").run(only);
  const { assemblies } = assemblyService(stores, ROOM, clock);
  expect(assemblies.of(ROOM)).toBeNull();
  const gone: string[] = [];
  const messages = { renew: async () => {}, takeAwayOf: () => void gone.push(only), takeAwayAll: () => {} };
  const erasing = new AssemblyErasing({ assemblies, journal: stores.assemblyJournal, messages });
  await erasing.erase(wish(who("bob"), clock.now), never);
  expect(gone).toEqual([only]);
  expect(await erasing.lastEnd(ROOM, Infinity)).toBe(0);
});

test("assemblies of a room before a moment, and the people in them, are known", () => {
  const { erasing, gather, clock } = house();
  expect(erasing.areBefore(ROOM, clock.now)).toBe(false);
  expect(erasing.peopleBefore(ROOM, clock.now)).toEqual([]);
  gather();
  expect(erasing.areBefore(ROOM, clock.now)).toBe(false);
  expect(erasing.areBefore(ROOM, clock.now + 1)).toBe(true);
  expect(erasing.peopleBefore(ROOM, clock.now + 1).sort()).toEqual(EIGHT.map(who).sort());
});

test("the last end is that of the assemblies that began by then; while one goes on there is none", async () => {
  const { erasing, begun, end, passes, clock, by } = house();
  expect(await erasing.lastEnd(ROOM, Infinity)).toBe(0);
  begun();
  expect(await erasing.lastEnd(ROOM, Infinity)).toBeNull();
  passes(5);
  end();
  const firstEnd = clock.now;
  expect(await erasing.lastEnd(ROOM, Infinity)).toBe(firstEnd);
  passes(5);
  const second = clock.now;
  begun();
  expect(await erasing.lastEnd(ROOM, second)).toBe(firstEnd);
  passes(5);
  by("ann", { type: "end" });
  expect(await erasing.lastEnd(ROOM, second)).toBe(firstEnd);
  expect(await erasing.lastEnd(ROOM, Infinity)).toBe(clock.now);
});

test("the meetings of the groups are held while the assembly runs, and no others", () => {
  const { erasing, begun, end, meetings } = house();
  begun();
  const groups = meetings.all().map(({ meeting }) => meeting.id);
  expect(groups.map((each) => erasing.holds(ROOM, each))).toEqual(groups.map(() => true));
  expect(erasing.holds(ROOM, meetingId("mnobody0001"))).toBe(false);
  end();
  expect(groups.map((each) => erasing.holds(ROOM, each))).toEqual(groups.map(() => false));
});

test("one that people gather for is called off before it is forgotten, so that nobody is left waiting", async () => {
  const { erasing, gather, passes, clock, assemblies, ids, id, asked } = house();
  gather();
  const only = id();
  passes(1);
  const heard: string[] = [];
  assemblies.listen(({ phase }) => heard.push(phase));
  await erasing.forgetBefore(ROOM, clock.now);
  expect(heard).toEqual(["ended"]);
  expect(asked).toEqual([`take away all ${only}`]);
  expect(ids()).toEqual([]);
});

test("what happened last counts for how long one has been still; an erasure is nothing that happened", async () => {
  const { erasing, gather, passes, clock, ids, by } = house();
  gather();
  passes(10);
  by("ann", { type: "leave" });
  const last = clock.now;
  passes(10);
  erasing.takeBack(wish(who("bob"), clock.now));
  await erasing.forgetBefore(ROOM, Infinity, last);
  expect(ids()).toHaveLength(1);
  await erasing.forgetBefore(ROOM, Infinity, last + 1);
  expect(ids()).toEqual([]);
});
