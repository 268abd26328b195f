import { expect, test } from "vitest";
import { turnOf } from "../circle/meeting.ts";
import { planOf, Scenario } from "../circle/scenario.ts";
import { insider } from "../protocol/actor.ts";
import { openDatabase } from "../store/database.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { Journal } from "./journal.ts";
import { placeOf } from "./live-meeting.ts";
import { Meetings } from "./meetings.ts";

const ROOM = roomId("!garden:hs");
const ring = (number: number) => ({ room: ROOM, ring: number });
const PLAN = planOf(
  Scenario.parse({ id: "talk", title: "Talk", accept: "auto", turnSeconds: 60, circles: [{ theme: "What is it?" }] }),
  "en",
  "",
);

function service(db = openDatabase(":memory:")) {
  const clock = { now: 1_000_000 };
  const meetings = new Meetings({
    journal: new Journal(db),
    now: () => clock.now,
    languageOf: () => "en",
    seatOf: (_, who) => (who === personId("@ann:hs") ? 1 : null),
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  /** The assembly seats people, and begins. */
  const given = (name: string) => ({
    actor: insider(personId(`@${name}:hs`), name, "service"),
    at: clock.now,
    expectedVersion: null,
  });
  const by = (name: string) => ({ actor: madeActor(personId(`@${name}:hs`)), at: clock.now, expectedVersion: null });
  const sit = (number: number, ...names: string[]) => {
    meetings.gatherRing(ring(number));
    for (const name of names) meetings.send(ring(number), { type: "join", name, ...given(name) });
  };
  const start = (number: number, name: string) =>
    meetings.send(ring(number), { type: "start", plan: PLAN, topic: "", seed: 1, ...given(name) });
  return { db, clock, meetings, by, given, sit, start };
}

const speaker = (meetings: Meetings, number: number) => turnOf(meetings.of(ring(number))?.meeting)?.speaker;

test("two rings of one room run at once, each by itself, and the room's own meeting is neither", () => {
  const { meetings, sit, start, by } = service();
  sit(1, "ann", "bob");
  sit(2, "eve", "dan");
  start(1, "ann");
  start(2, "eve");
  expect([speaker(meetings, 1), speaker(meetings, 2)]).toEqual(["@ann:hs", "@eve:hs"]);
  meetings.send(ring(1), { type: "pass", ...by("ann") });
  expect([speaker(meetings, 1), speaker(meetings, 2)]).toEqual(["@bob:hs", "@eve:hs"]);
  expect(meetings.of(ROOM)).toBeNull();
  meetings.send(ROOM, { type: "join", name: "kim", ...by("kim") });
  expect(meetings.of(ROOM)?.meeting.people.map(({ name }) => name)).toEqual(["kim"]);
  expect(meetings.all().filter((live) => meetings.isNewest(live))).toHaveLength(3);
});

test("after a restart each ring goes on where it was, and time runs in all of them", () => {
  const first = service();
  first.sit(1, "ann", "bob");
  first.sit(2, "eve", "dan");
  first.start(1, "ann");
  first.start(2, "eve");
  const again = service(first.db);
  expect([speaker(again.meetings, 1), speaker(again.meetings, 2)]).toEqual(["@ann:hs", "@eve:hs"]);
  expect(again.meetings.all().map(placeOf)).toEqual([ring(1), ring(2)]);
  again.clock.now += 70_000;
  again.meetings.start();
  expect([speaker(again.meetings, 1), speaker(again.meetings, 2)]).toEqual(["@bob:hs", "@dan:hs"]);
  again.meetings.stop();
});

test("nobody begins a ring's meeting by joining it, and one that gathers is the next", () => {
  const { meetings, by, given, sit, start } = service();
  for (const each of [by, given])
    expect(meetings.send(ring(3), { type: "join", name: "ann", ...each("ann") }).accepted).toBe(false);
  sit(3, "ann");
  const id = meetings.of(ring(3))?.meeting.id;
  expect(meetings.gatherRing(ring(3))).toBe(id);
  start(3, "ann");
  meetings.send(ring(3), { type: "end", ...by("ann") });
  expect(meetings.gatherRing(ring(3))).not.toBe(id);
  expect(meetings.of(ring(3))?.meeting.phase).toBe("gathering");
});

test("where somebody sits is found by the room and them", () => {
  const { meetings } = service();
  expect(meetings.placeFor(ROOM, personId("@ann:hs"))).toEqual(ring(1));
  expect(meetings.placeFor(ROOM, personId("@bob:hs"))).toBe(ROOM);
});
