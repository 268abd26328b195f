import { expect, onTestFinished, test } from "vitest";
import { spanOf, startOf, turnOf } from "../circle/meeting.ts";
import { refuse } from "../circle/ruling.ts";
import { openDatabase } from "../store/database.ts";
import { unitOf } from "../store/unit-of-work.ts";
import { nextTurn } from "../time/time.ts";
import { NAMES, PLAN, placed, ring, ringService, ROOM, sitting } from "../../tests/support/assembly/ring-service.ts";
import { people, planned, who } from "../../tests/support/assembly/table.ts";
import { refuseWrites, takeWrites } from "../../tests/support/journal/refusing-disk.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { standing } from "../assembly/assembly.ts";
import { heldRings } from "../assembly/held-rings.ts";
import { answerOf } from "../circle/agreement.ts";
import type { Shown } from "../protocol/agreement.ts";
import { RingMeetings } from "./ring-meetings.ts";

test("each ring has its meeting, in which those sit whom the assembly placed there, and they run at once", () => {
  const made = ringService();
  made.begun();
  for (const number of [1, 2]) {
    expect(sitting(made, number)).toEqual(placed(made, number));
    expect(sitting(made, number)).toHaveLength(5);
    expect(turnOf(made.meetings.of(ring(number))?.meeting)).not.toBeNull();
    const keeper = made.state().rings.find((each) => each.number === number)?.keeper;
    expect(made.meetings.of(ring(number))?.meeting.keeper).toBe(keeper);
  }
});

test("a ring whose meeting was forgotten before it began gathers anew", async () => {
  const made = ringService();
  made.gathered();
  const before = made.meetings.of(ring(1))?.meeting.id;
  await made.meetings.forget(ROOM, { begun: Infinity, still: Infinity });
  expect(made.meetings.of(ring(1))).toBeNull();
  made.later(30);
  expect(made.meetings.of(ring(1))?.meeting.id).not.toBe(before);
  expect(sitting(made, 1)).toEqual(placed(made, 1));
  expect(turnOf(made.meetings.of(ring(1))?.meeting)).not.toBeNull();
});

test("who is moved leaves the one meeting and sits in the other, in one step", () => {
  const made = ringService();
  made.begun();
  const [moved = ""] = placed(made, 2).filter((name) => name !== "p1");
  made.ask("p1", { type: "move", who: who(moved), to: 1 });
  expect(sitting(made, 1)).toContain(moved);
  expect(sitting(made, 2)).not.toContain(moved);
  expect(made.meetings.placeFor(ROOM, who(moved))).toEqual(ring(1));
});

test("where a write fails in mid-move nobody has moved, in the assembly or in a meeting, also after a restart", () => {
  const made = ringService();
  made.begun();
  const [moved = ""] = placed(made, 2).filter((name) => name !== "p1");
  made.assemblies.inTheSameUnit(() => {
    throw new Error("the disk is full");
  });
  expect(() => made.ask("p1", { type: "move", who: who(moved), to: 1 })).toThrow("the disk is full");
  for (const each of [made, ringService(made.db)]) {
    expect(sitting(each, 2)).toContain(moved);
    expect(sitting(each, 1)).not.toContain(moved);
    expect(each.assemblies.seatOf(ROOM, who(moved))).toBe(2);
  }
});

test("a service that is killed when rings end, before the assembly heard of it, goes on after the start", () => {
  const made = ringService();
  made.begun();
  const killed = ringService(made.db, { deaf: true });
  killed.clock.now = made.clock.now;
  killed.end(1);
  killed.end(2);
  expect(killed.state().step).toBe(0);
  const again = ringService(made.db);
  again.clock.now = made.clock.now;
  again.rings?.start();
  expect(again.state().step).toBe(1);
  expect(sitting(again, 1)).toEqual(placed(again, 1));
  expect(placed(again, 1)).toHaveLength(2);
});

test("one that is killed before the meetings of a new phase were gathered gathers them after the start", () => {
  const made = ringService();
  made.begun();
  made.end(1);
  const killed = ringService(made.db, { deaf: true });
  killed.clock.now = made.clock.now;
  killed.ask("p1", { type: "go-on" });
  killed.later(10);
  expect(killed.state().step).toBe(1);
  const again = ringService(made.db);
  again.clock.now = killed.clock.now;
  again.rings?.start();
  again.later(25);
  expect(sitting(again, 1)).toEqual(placed(again, 1));
  expect(again.meetings.of(ring(2))?.meeting.phase, "the ring of the phase before").toBe("ended");
  again.end(1);
  expect(again.state().step).toBe(2);
});

test("one that is killed in the middle of a vote for a delegate counts on after the start", () => {
  const made = ringService();
  made.begun(planned([{ kind: "rings", delegate: "consent" }, { kind: "delegates" }]));
  const [first = "", second = "", third = "", ...others] = placed(made, 1);
  made.ask(first, { type: "name-delegate", who: who(third) });
  made.ask(second, { type: "agree-delegate" });
  const again = ringService(made.db);
  again.clock.now = made.clock.now;
  again.rings?.start();
  const own = () => again.state().rings.find(({ number }) => number === 1);
  expect(own()?.named).toEqual({ who: who(third), agreed: [who(first), who(second)] });
  for (const name of [third, ...others]) again.ask(name, { type: "agree-delegate" });
  expect(own()?.delegate).toBe(who(third));
});

test("when the time is over a turn that runs has its grace, and then all go on", () => {
  const made = ringService();
  made.begun();
  const speaker = turnOf(made.meetings.of(ring(1))?.meeting)?.speaker ?? who("p1");
  made.meetings.send(ring(1), { type: "connected", who: speaker, at: made.clock.now });
  made.meetings.send(ring(1), { type: "accept", actor: madeActor(speaker), at: made.clock.now, expectedVersion: null });
  expect(turnOf(made.meetings.of(ring(1))?.meeting)?.status).toBe("speaking");
  made.ask("p1", { type: "go-on" });
  expect(turnOf(made.meetings.of(ring(1))?.meeting)?.speaker).toBe(speaker);
  const before = [1, 2].map((number) => made.meetings.of(ring(number))!.meeting.id);
  made.later(10);
  expect(made.state().step).toBe(1);
  expect(before.map((id) => made.meetings.readNow(ROOM, id)?.meeting.phase)).toEqual(["ended", "ended"]);
  expect(made.state().rings).toHaveLength(1);
});

test("once the time is over nobody begins a turn any more: a ring whose speaker passes on is at its end", () => {
  const made = ringService();
  made.begun();
  const turn = (number: number) => turnOf(made.meetings.of(ring(number))?.meeting);
  expect([1, 2].map((number) => turn(number)?.status)).toEqual(["speaking", "speaking"]);
  made.clock.now += 1_000;
  made.ask("p1", { type: "go-on" });
  made.clock.now += 1_000;
  const actor = madeActor(turn(1)!.speaker);
  made.meetings.send(ring(1), { type: "pass", actor, at: made.clock.now, expectedVersion: null });
  expect(made.meetings.of(ring(1))?.meeting.phase).toBe("ended");
  expect(turn(2)?.status).toBe("speaking");
  expect(made.state().step).toBe(0);
});

test("whoever leaves their ring's meeting has left the assembly, and the last ones end it", () => {
  const made = ringService();
  made.begun();
  const [one = ""] = placed(made, 2).filter((name) => name !== "p1");
  const actor = madeActor(who(one));
  made.meetings.send(ring(2), { type: "leave", actor, at: made.clock.now, expectedVersion: null });
  expect(made.assemblies.seatOf(ROOM, who(one))).toBeNull();
  expect(sitting(made, 2)).not.toContain(one);
  for (const name of NAMES) made.ask(name, { type: "leave" });
  expect(made.assemblies.of(ROOM)?.phase).toBe("ended");
  expect(made.meetings.all().filter(({ meeting }) => meeting.phase === "circle")).toEqual([]);
});

test("a ring's meeting is about what the assembly is, and the delegates are known by their groups", () => {
  const made = ringService();
  made.begun();
  expect([1, 2].map((number) => spanOf(made.meetings.of(ring(number))!.meeting).startedAt)).toEqual([
    1_025_000, 1_025_000,
  ]);
  expect([1, 2].map((number) => startOf(made.meetings.of(ring(number))!.meeting)?.topic)).toEqual(["tea", "tea"]);
  const groups = [1, 2].map((number) => placed(made, number));
  made.ask("p1", { type: "go-on" });
  for (const seconds of [10, 25]) made.later(seconds);
  const people = made.meetings.of(ring(1))!.meeting.people.map(({ name }) => name);
  expect(people).toHaveLength(2);
  for (const name of people) {
    const [, own = "", group = ""] = /^(.+) \(group (\d)\)$/.exec(name) ?? [];
    expect(groups[Number(group) - 1]).toContain(own);
  }
});

test("while topics are gathered no ring has a meeting, and then each is about its own", () => {
  const made = ringService();
  made.begun(planned([{ kind: "topics" }, { kind: "rings", byTopic: true }]));
  expect(made.state().step).toBe(0);
  expect(made.meetings.placesIn(ROOM)).toEqual([]);
  made.ask("p1", { type: "propose-topic", text: "Bread" });
  for (const name of NAMES) made.ask(name, { type: "choose-topic", topic: 1 });
  made.ask("p1", { type: "go-on" });
  for (const seconds of [10, 25]) made.later(seconds);
  const topics = made.state().rings.map(({ number }) => startOf(made.meetings.of(ring(number))!.meeting)?.topic);
  expect(new Set(topics)).toEqual(new Set(["Bread"]));
});

test("whoever takes their group's empty chair sits among the delegates for one turn, and then listens again", () => {
  const made = ringService();
  made.begun();
  const groups = [1, 2].map((number) => placed(made, number));
  made.ask("p1", { type: "go-on" });
  for (const seconds of [10, 25]) made.later(seconds);
  expect(made.state().step).toBe(1);
  const [one = "", other = ""] = groups.map((group) => group.find((name) => !placed(made, 1).includes(name)));
  for (const name of [one, other]) expect(made.ask(name, { type: "take-chair" }).accepted).toBe(true);
  expect(sitting(made, 1)).toContain(one);
  const turn = () => turnOf(made.meetings.of(ring(1))?.meeting);
  const spoken: string[] = [];
  for (let turns = 0; turns < 3; turns++) {
    const speaker = turn()?.speaker;
    if (!speaker) break;
    spoken.push(speaker);
    const actor = madeActor(speaker);
    made.meetings.send(ring(1), { type: "accept", actor, at: made.clock.now, expectedVersion: null });
    made.meetings.send(ring(1), { type: "pass", actor, at: made.clock.now, expectedVersion: null });
    if (speaker === who(one)) break;
    expect(sitting(made, 1)).toContain(one);
  }
  expect(spoken).toContain(who(one));
  expect(sitting(made, 1)).not.toContain(one);
  expect(sitting(made, 1)).toContain(other);
  const member = made.state().members.find(({ id }) => id === who(one));
  expect(member).toMatchObject({ onChair: false, gone: false });
});

test("a group's circle is begun by its assembly alone, whoever of it asks for that before", () => {
  const made = ringService();
  made.gathered();
  const [one = ""] = placed(made, 2).filter((name) => name !== "p1");
  const asked = { actor: madeActor(who(one), { moderates: true }), at: made.clock.now, expectedVersion: null };
  const plan = made.state().plan.phases[0];
  if (plan?.kind !== "rings") throw new Error("the first part is no part of rings");
  const own = { plan: plan.plan, topic: "my own topic", seed: 1, ...asked } as const;
  expect(made.meetings.send(ring(2), { type: "start", ...own })).toEqual(refuse("begun-by-assembly"));
  made.later(25);
  const meeting = made.meetings.of(ring(2))?.meeting;
  expect(meeting?.keeper).toBe(made.state().rings.find(({ number }) => number === 2)?.keeper);
  expect(startOf(meeting)?.topic).toBe("tea");
});

/** People among the delegates, and somebody of the second group who listens to them. */
function withDelegates() {
  const made = ringService();
  made.begun();
  const groups = [1, 2].map((number) => placed(made, number));
  made.ask("p1", { type: "go-on" });
  for (const seconds of [10, 25]) made.later(seconds);
  expect(made.state().step).toBe(1);
  const [, one = ""] = groups.map((group) => group.find((name) => !placed(made, 1).includes(name)));
  const sent = (type: "join" | "leave") =>
    made.meetings.send(ring(1), {
      type,
      name: one,
      actor: madeActor(who(one)),
      at: made.clock.now,
      expectedVersion: null,
    });
  return { made, one, sent };
}

test("whoever leaves from the empty chair listens again, and the chair is free for their group", () => {
  const { made, one, sent } = withDelegates();
  made.ask(one, { type: "take-chair" });
  expect(sitting(made, 1)).toContain(one);
  expect(sent("leave").accepted).toBe(true);
  expect(sitting(made, 1)).not.toContain(one);
  const member = () => made.state().members.find(({ id }) => id === who(one));
  expect(member()).toMatchObject({ onChair: false, gone: false, seated: false });
  expect(made.ask(one, { type: "take-chair" }).accepted).toBe(true);
  expect(sitting(made, 1)).toContain(one);
});

test("whoever listens to the delegates is told that the assembly gives the seats, and nothing is written of it", () => {
  const { made, sent } = withDelegates();
  const before = made.meetings.of(ring(1))?.meeting.version;
  expect(sent("join")).toEqual(refuse("seats-by-assembly"));
  expect(made.meetings.of(ring(1))?.meeting.version).toBe(before);
});

test("a disk that takes no writes while a hundred sit down leaves nobody standing once it does", async () => {
  const made = ringService();
  made.assemblies.open(ROOM, "en");
  for (const name of people(105)) made.ask(name, { type: "join", name, language: null });
  made.ask("p1", { type: "start", plan: PLAN, topic: "tea", seed: 7 });
  const seated = () => standing(made.state()).flatMap(({ number }) => sitting(made, number));
  refuseWrites(made.db);
  await expect.poll(() => made.refusals()).toBeGreaterThan(0);
  expect(seated().length).toBeLessThan(105);
  takeWrites(made.db);
  made.rings?.start();
  await expect.poll(() => seated()).toHaveLength(105);
});

test("a hundred sit down in portions, and twenty who leave at once leave nobody without a ring", async () => {
  const made = ringService();
  const many = people(105);
  made.assemblies.open(ROOM, "en");
  for (const name of many) made.ask(name, { type: "join", name, language: null });
  made.ask("p1", { type: "start", plan: PLAN, topic: "tea", seed: 7 });
  const seated = () => standing(made.state()).flatMap(({ number }) => sitting(made, number));
  expect(seated().length, "nobody's word waits until all sit").toBeLessThan(40);
  await expect.poll(() => seated()).toHaveLength(105);
  made.later(25);
  for (const name of many.slice(10, 30))
    made.assemblies.send(ROOM, { type: "removed", who: who(name), at: made.clock.now });
  const staying = [...many.slice(0, 10), ...many.slice(30)].toSorted();
  await expect.poll(() => seated().toSorted()).toEqual(staying);
});

test("where the keeper goes on while groups still gather, nothing of the next part stands under the one that never began", () => {
  const { assemblies, ask, later, state } = ringService();
  assemblies.open(ROOM, "en");
  for (const name of NAMES) ask(name, { type: "join", name, language: null });
  ask("p1", { type: "start", plan: PLAN, topic: "tea", seed: 7 });
  const [first] = heldRings(state());
  ask("p1", { type: "go-on" });
  later(25);
  expect(state().step).toBe(1);
  expect(heldRings(state()).filter(({ meeting }) => meeting === first?.meeting)).toMatchObject([{ part: 2, ring: 1 }]);
});

test("a command that is refused in twenty rings is not sent again until something happens", async () => {
  const made = ringService(openDatabase(":memory:"), { deaf: true });
  const { assemblies, meetings, db, clock, ask, later, state } = made;
  let asked = 0;
  const send: typeof meetings.send = (place, command) => {
    if (command.type !== "start") return meetings.send(place, command);
    asked++;
    return refuse("not-kept");
  };
  const refusing = {
    send,
    of: meetings.of.bind(meetings),
    all: meetings.all.bind(meetings),
    gatherRing: meetings.gatherRing.bind(meetings),
    placesIn: meetings.placesIn.bind(meetings),
    listen: meetings.listen.bind(meetings),
    isKept: meetings.isKept.bind(meetings),
  };
  const now = () => clock.now;
  const rings = new RingMeetings({ assemblies, meetings: refusing, unit: unitOf(db), now, seed: () => 3 });
  onTestFinished(() => rings.stop());
  assemblies.open(ROOM, "en");
  for (const name of people(140)) ask(name, { type: "join", name, language: null });
  ask("p1", { type: "start", plan: PLAN, topic: "tea", seed: 7 });
  await expect.poll(() => standing(state()).flatMap(({ number }) => sitting(made, number))).toHaveLength(140);
  later(25);
  expect(standing(state()).length).toBeGreaterThanOrEqual(20);
  for (let turn = 0; turn < 20; turn++) await nextTurn();
  const before = asked;
  for (let turn = 0; turn < 20; turn++) await nextTurn();
  expect(asked).toBe(before);
});

test("while the keeper speaks to all, every ring stands still; afterwards it goes on, and one that stood still stays so", () => {
  const { assemblies, meetings, ask, begun, later } = ringService();
  begun();
  const paused = (number: number) => {
    const meeting = meetings.of(ring(number))?.meeting;
    return meeting?.phase === "circle" ? meeting.pausedAt !== null : null;
  };
  const keeperOf = (number: number) => {
    const keeper = meetings.of(ring(number))?.meeting.keeper;
    if (!keeper) throw new Error("a ring has a keeper");
    return { actor: madeActor(keeper), at: assemblies.of(ROOM)?.at ?? 0, expectedVersion: null };
  };
  meetings.send(ring(2), { type: "pause", ...keeperOf(2) });
  later(1);
  ask("p1", { type: "speak-to-all" });
  expect([paused(1), paused(2)]).toEqual([true, true]);
  // Nobody of a ring has it go on before.
  meetings.send(ring(1), { type: "resume", ...keeperOf(1) });
  expect(paused(1)).toBe(true);
  later(60);
  expect([paused(1), paused(2)]).toEqual([false, true]);
});

test("whoever speaks from the empty chair last in the circle has given it back by the next", () => {
  const { assemblies, meetings, ask, begun, later, end, state } = ringService();
  begun();
  end(1);
  end(2);
  later(25);
  const listener = state().members.find(({ seated }) => !seated);
  if (!listener) throw new Error("somebody listens to the delegates");
  ask(listener.name, { type: "take-chair" });
  const happened: string[] = [];
  assemblies.listen((_, events) => happened.push(...events.map(({ type }) => type)));
  for (let turns = 0; turns < 9; turns++) {
    const turn = turnOf(meetings.of(ring(1))?.meeting);
    if (!turn) break;
    const asked = { actor: madeActor(turn.speaker), at: assemblies.of(ROOM)?.at ?? 0, expectedVersion: null };
    meetings.send(ring(1), { type: turn.status === "offered" ? "accept" : "pass", ...asked });
  }
  expect(happened).toContain("chair-left");
});

test("whether one's words may be written down is asked once in an assembly, and answered anew where somebody says otherwise", () => {
  const asks: Shown = { wording: 1, items: [{ what: "comments" }] };
  const made = ringService(openDatabase(":memory:"), { asks });
  made.begun();
  const answerIn = (number: number, name: string) => answerOf(made.meetings.of(ring(number))!.meeting, who(name));
  const say = (number: number, name: string, agreed: boolean) =>
    made.meetings.send(ring(number), {
      type: "agree",
      agreed,
      shown: asks,
      actor: madeActor(who(name)),
      at: made.clock.now,
      expectedVersion: null,
    });
  const [yes = "", no = ""] = placed(made, 2).filter((name) => name !== "p1");
  expect([answerIn(2, yes), answerIn(2, no)]).toEqual([null, null]);
  say(2, yes, true);
  say(2, no, false);
  for (const name of [yes, no]) made.ask("p1", { type: "move", who: who(name), to: 1 });
  expect([answerIn(1, yes), answerIn(1, no)]).toEqual([true, false]);
  made.later(1);
  say(1, yes, false);
  made.ask("p1", { type: "move", who: who(yes), to: 2 });
  expect(answerIn(2, yes)).toBe(false);
});
