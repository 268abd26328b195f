import { describe, expect, onTestFinished, test } from "vitest";
import { council } from "../../tests/support/circle/play.ts";
import { openedMeetings } from "../../tests/support/journal/opened-meetings.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import { courseOf } from "../circle/course.ts";
import { slim } from "../circle/slim.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import { STANDARD_SET } from "../protocol/chosen-set.ts";
import { openDatabase } from "../store/database.ts";
import { simulateTime, timeSource } from "../time/source.ts";
import type { JournalEntry } from "./entry.ts";
import { Journal } from "./journal.ts";
import { trialsIn } from "./trials.ts";

const [ROOM, OTHER] = [roomId("!room:hs"), roomId("!other:hs")];
const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];

function house() {
  let now = 0;
  const db = openDatabase(":memory:");
  const journal = new Journal(db);
  const meetings = openedMeetings(journal, { wording: 1, items: [] }, () => now);
  const as = (who = ANN) => ({ actor: madeActor(who, { moderates: true }), at: now, expectedVersion: null });
  const join = (name: string, who = ANN, room = ROOM) => meetings.send(room, { type: "join", name, ...as(who) });
  const start = (topic: string, room = ROOM) =>
    meetings.send(room, { type: "start", plan: council(), topic, seed: 1, ...as() });
  const end = (room = ROOM) => meetings.send(room, { type: "end", ...as() });
  const hold = (topic: string, room = ROOM) => {
    now += 1_000;
    join("Ann", ANN, room);
    start(topic, room);
    end(room);
  };
  return { db, journal, meetings, join, start, end, hold, as, tick: () => (now += 1_000) };
}

describe("the list of a room's meetings", () => {
  test("has those that were begun, the newest first, with topic, times and people", async () => {
    const { meetings, hold, join, start, end, tick } = house();
    hold("tea");
    hold("elsewhere", OTHER);
    tick();
    join("Ann");
    join("Bob", BOB);
    start("cake");
    expect(await meetings.past(ROOM)).toMatchObject([
      { title: "Council", topic: "cake", startedAt: 3_000, endedAt: null, people: ["Ann", "Bob"] },
      { topic: "tea", startedAt: 1_000, endedAt: 1_000, people: ["Ann"] },
    ]);
    tick();
    end();
    expect((await meetings.past(ROOM))[0]).toMatchObject({ endedAt: 4_000 });
    expect(await meetings.past(roomId("!none:hs"))).toEqual([]);
  });

  test("leaves out people who only gather, and has a name as it was last", async () => {
    const { meetings, join, start, as } = house();
    join("Ann");
    expect(await meetings.past(ROOM)).toEqual([]);
    start("tea");
    const { actor: _, expectedVersion: __, ...at } = as();
    meetings.send(ROOM, { type: "renamed", who: ANN, name: "Anna", ...at });
    expect((await meetings.past(ROOM))[0]?.people).toEqual(["Anna"]);
  });

  test("is made of each meeting once, until something happens in it", async () => {
    const { db, meetings, hold } = house();
    hold("tea");
    const before = await meetings.past(ROOM);
    db.prepare("UPDATE events SET body = replace(body, '\"Council\"', '\"Assembly\"')").run();
    expect(await meetings.past(ROOM)).toEqual(before);
    const live = meetings.of(ROOM)!.meeting;
    meetings.note(live.id, { type: "turn-heard", turn: 1, complete: true });
    expect((await meetings.past(ROOM))[0]?.title).toBe("Assembly");
  });

  test("has those who sat in a meeting that was taken up from the room, by the names they had there", async () => {
    const [lost, found] = [house(), house()];
    for (const [name, who] of [
      ["Ann", ANN],
      ["Bob", BOB],
    ] as const)
      lost.join(name, who);
    lost.start("tea");
    const { meeting } = lost.meetings.of(ROOM)!;
    const snapshot = slim(snapshotOf(meeting, 0));
    found.meetings.takeUp({ type: "meeting-taken-up", at: 0, snapshot, course: courseOf(meeting) });
    expect(await found.meetings.past(ROOM)).toMatchObject([{ title: "Council", topic: "tea", people: ["Ann", "Bob"] }]);
  });

  test("has no topic that was erased since, though it still stands in the journal, and one that was given after it", async () => {
    const { journal, meetings, join, start, as, tick } = house();
    join("Ann");
    start("a walrus");
    meetings.send(ROOM, { type: "leave", ...as() });
    join("Ann");
    expect((await meetings.past(ROOM))[0]?.topic, "leaving erases nothing").toBe("a walrus");
    const { id } = meetings.of(ROOM)!.meeting;
    expect(await meetings.takeWordsBack(id, ANN, tick())).toBe(true);
    expect(JSON.stringify(journal.read(id))).toContain("a walrus");
    expect((await meetings.past(ROOM))[0]).toMatchObject({ title: "Council", topic: "" });

    const later = house();
    later.join("Ann");
    const gathering = later.meetings.of(ROOM)!.meeting.id;
    const erased: JournalEntry = { kind: "circle", event: { type: "words-erased", at: 0, who: ANN } };
    later.journal.append(gathering, ROOM, later.journal.lengthOf(gathering), [erased], 0);
    const again = openedMeetings(later.journal, { wording: 1, items: [] }, () => 0);
    again.send(ROOM, { type: "start", plan: council(), topic: "a heron", seed: 1, ...as() });
    expect((await again.past(ROOM))[0]?.topic).toBe("a heron");
  });

  test.each([
    ["not where all of it takes no time", 0, 0],
    ["after five milliseconds, again and again", 3, 3],
    ["after each meeting that takes so long", 5, 6],
  ])("is made while others have their turn, %s", async (_, ms, turns) => {
    const { meetings, hold } = house();
    for (let meeting = 0; meeting < 6; meeting++) hold("tea");
    let [now, counted] = [0, 0];
    const monotonic = () => (now += ms);
    const nextTurn = () => {
      counted += 1;
      return Promise.resolve();
    };
    onTestFinished(simulateTime({ ...timeSource(), monotonic, nextTurn }));
    expect(await meetings.past(ROOM)).toHaveLength(6);
    expect(counted).toBe(turns);
  });

  test("ends after a hundred", async () => {
    const { meetings, hold } = house();
    for (let meeting = 0; meeting < 102; meeting++) hold(`topic ${meeting}`);
    const past = await meetings.past(ROOM);
    expect(past).toHaveLength(100);
    expect([past[0]?.topic, past.at(-1)?.topic]).toEqual(["topic 101", "topic 2"]);
  });
});

describe("the journal", () => {
  test("knows every room that had a meeting, and in which place it was", () => {
    const { journal, meetings, hold } = house();
    expect(journal.rooms()).toEqual([]);
    for (const room of [ROOM, OTHER, ROOM]) hold("tea", room);
    expect(journal.rooms()).toEqual([OTHER, ROOM]);
    const ring = { room: ROOM, ring: 3 };
    expect(journal.placeOf(meetings.gatherRing(ring))).toEqual(ring);
    expect(journal.placeOf(meetings.of(OTHER)!.meeting.id)).toEqual(OTHER);
    expect(journal.placeOf(meetingId("mnobody0001"))).toBeNull();
  });

  test("says where an entry was to be written, and where the next one goes", () => {
    const { journal, meetings, join } = house();
    join("Ann");
    const { id } = meetings.of(ROOM)!.meeting;
    const length = journal.lengthOf(id);
    expect(() => journal.append(id, ROOM, 9, [], 0)).toThrow(
      `meeting ${id}: entry 9 was to be written, and the next is ${length}`,
    );
  });

  test("tells nobody of a command that changes nothing", () => {
    const { meetings, join } = house();
    join("Ann");
    let told = 0;
    meetings.listen(() => told++);
    meetings.send(ROOM, { type: "clock", at: 5 });
    expect(told).toBe(0);
    join("Bob", BOB);
    expect(told).toBe(1);
  });
});

describe("a long meeting", () => {
  test("is read bit by bit as it is read at once", async () => {
    const { journal, meetings, join, start, as } = house();
    join("Ann");
    start("tea");
    for (let hand = 0; hand < 250; hand++) {
      meetings.send(ROOM, { type: "raise-hand", hand: "reply", ...as() });
      meetings.send(ROOM, { type: "lower-hand", ...as() });
    }
    const { id } = meetings.of(ROOM)!.meeting;
    expect(journal.lengthOf(id)).toBeGreaterThan(500);
    expect(await journal.readByAndBy(id)).toEqual(journal.read(id));
  });
});

describe("places in experiments", () => {
  test("are those that meetings of the room have, and of no other", () => {
    const { db, meetings, hold } = house();
    hold("tea");
    expect(trialsIn(db, ROOM)).toEqual([]);
    const trial = { experiment: "words", arm: 1 as const, block: 0, digest: "x" };
    const { id } = meetings.of(ROOM)!.meeting;
    meetings.note(id, { type: "set-chosen", at: 5, chosen: { set: STANDARD_SET, by: "default" } });
    expect(trialsIn(db, ROOM)).toEqual([]);
    meetings.note(id, { type: "set-chosen", at: 5, chosen: { set: STANDARD_SET, by: "experiment", trial } });
    expect([trialsIn(db, ROOM), trialsIn(db, OTHER)]).toEqual([[trial], []]);
    db.prepare(
      `UPDATE events SET body = '{"type":"set-chosen","chosen":{}}' WHERE body LIKE '%"experiment":"words"%'`,
    ).run();
    expect(trialsIn(db, ROOM)).toEqual([]);
  });
});
