import { describe, expect, test, vi } from "vitest";
import { NAMES, PLAN, placed, ring, ringService, ROOM, sitting } from "../../tests/support/assembly/ring-service.ts";
import { people, planned, who } from "../../tests/support/assembly/table.ts";
import { roomId } from "../../tests/support/protocol/ids.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { standing } from "../assembly/assembly.ts";
import { turnOf } from "../circle/meeting.ts";
import { council } from "../../tests/support/circle/play.ts";
import { Door } from "../protocol/actor.ts";
import { nextTurn } from "../time/time.ts";

type Service = ReturnType<typeof ringService>;
const meetingIn = ({ meetings }: Service, number: number) => {
  const live = meetings.of(ring(number));
  if (!live) throw new Error(`ring ${number} has no meeting`);
  return live.meeting;
};
const by = ({ clock }: Service, id: ReturnType<typeof who>) =>
  ({ actor: madeActor(id), at: clock.now, expectedVersion: null }) as const;
const toDelegates = (made: Service) => {
  made.ask("p1", { type: "go-on" });
  for (const seconds of [10, 25]) made.later(seconds);
  expect(made.state().step).toBe(1);
};

describe("the words in a ring's meeting", () => {
  const quotesIn = (made: Service, number: number) => {
    const meeting = meetingIn(made, number);
    return meeting.phase === "gathering" ? null : meeting.quotes;
  };

  test("are theirs who gave them: the topic's of whoever began the assembly, and of whoever proposed what it chose", () => {
    const plain = ringService();
    plain.begun();
    expect(quotesIn(plain, 1)).toEqual([{ by: who("p1"), words: "tea" }]);

    const made = ringService();
    made.begun(planned([{ kind: "topics" }, { kind: "rings", byTopic: true }]));
    made.ask("p2", { type: "propose-topic", text: "Bread" });
    made.ask("p3", { type: "propose-topic", text: "Soup" });
    for (const [n, name] of NAMES.entries()) made.ask(name, { type: "choose-topic", topic: n < 5 ? 1 : 2 });
    toDelegates(made);
    const quotes = standing(made.state()).map(({ number }) => quotesIn(made, number));
    const tea = { by: who("p1"), words: "tea" };
    expect(quotes).toContainEqual([{ by: who("p2"), words: "Bread" }, tea]);
    expect(quotes).toContainEqual([{ by: who("p3"), words: "Soup" }, tea]);
  });

  test("are nobody's where the assembly has no topic", () => {
    const made = ringService();
    made.assemblies.open(ROOM, "en");
    for (const name of NAMES) made.ask(name, { type: "join", name, language: null });
    made.ask("p1", { type: "start", plan: PLAN, topic: "", seed: 7 });
    made.later(25);
    expect(quotesIn(made, 1)).toEqual([]);
  });
});

describe("people in a ring", () => {
  const namesIn = (made: Service, number: number) => meetingIn(made, number).people.map(({ name }) => name);

  test("drawn by lot speak for nobody but themselves, and go by their own names", () => {
    const made = ringService();
    made.begun(planned([{ kind: "rings" }, { kind: "delegates", who: "lot" }]));
    toDelegates(made);
    for (const name of namesIn(made, 1)) expect(NAMES).toContain(name);
  });

  test("go by their own names again once the delegates have spoken", () => {
    const made = ringService();
    made.begun();
    toDelegates(made);
    for (const name of namesIn(made, 1)) expect(name).toMatch(/\(group \d\)$/);
    made.ask("p1", { type: "go-on" });
    for (const seconds of [10, 25]) made.later(seconds);
    expect(made.state().step).toBe(2);
    for (const name of [...namesIn(made, 1), ...namesIn(made, 2)]) expect(NAMES).toContain(name);
  });

  test("were seated by the service, which began it", () => {
    const made = ringService();
    made.begun();
    const sql = "SELECT DISTINCT json_extract(actor, '$.door') FROM events WHERE actor IS NOT NULL";
    const doors = made.db.prepare(sql).pluck().all();
    expect(doors.map((door) => Door.parse(door)).toSorted()).toEqual(["service"]);
  });
});

describe("the empty chair", () => {
  /** Two sit on their groups' empty chairs; turns are taken until one of them has theirs. */
  function onChairs() {
    const made = ringService();
    made.begun();
    const groups = [1, 2].map((number) => placed(made, number));
    toDelegates(made);
    const chairs = groups.map((group) => group.find((name) => !placed(made, 1).includes(name)) ?? "");
    for (const name of chairs) expect(made.ask(name, { type: "take-chair" }).accepted).toBe(true);
    return { made, chairs: chairs.map(who) };
  }
  const untilOneOf = (each: Service, chairs: readonly ReturnType<typeof who>[]) => {
    for (let turns = 0; turns < 9; turns++) {
      const turn = turnOf(meetingIn(each, 1));
      if (!turn) break;
      if (chairs.includes(turn.speaker)) return turn.speaker;
      each.meetings.send(ring(1), { type: turn.status === "offered" ? "accept" : "pass", ...by(each, turn.speaker) });
    }
    throw new Error("nobody on a chair had a turn");
  };
  const sitsOnIt = (each: Service, id: ReturnType<typeof who>) =>
    each.state().members.some((member) => member.id === id && member.onChair);

  test("is kept by whoever skips their turn: they have one at the end of the circle", () => {
    const { made, chairs } = onChairs();
    const speaker = untilOneOf(made, chairs);
    expect(made.meetings.send(ring(1), { type: "skip", ...by(made, speaker) }).accepted).toBe(true);
    expect(sitsOnIt(made, speaker)).toBe(true);
  });

  test("is given back at the next start by whoever spoke when the service was killed, and by nobody else", () => {
    const { made, chairs } = onChairs();
    const killed = ringService(made.db, { deaf: true });
    killed.clock.now = made.clock.now;
    const speaker = untilOneOf(killed, chairs);
    killed.meetings.send(ring(1), { type: "accept", ...by(killed, speaker) });
    killed.meetings.send(ring(1), { type: "pass", ...by(killed, speaker) });
    const again = ringService(made.db);
    again.clock.now = made.clock.now;
    expect(sitsOnIt(again, speaker)).toBe(true);
    again.rings?.start();
    expect(chairs.filter((id) => sitsOnIt(again, id))).toEqual(chairs.filter((id) => id !== speaker));
  });
});

describe("a room", () => {
  test("that came from another service has its rings gathered where that left off", () => {
    const made = ringService();
    made.begun();
    const killed = ringService(made.db, { deaf: true });
    killed.clock.now = made.clock.now;
    killed.ask("p1", { type: "go-on" });
    killed.later(10);
    const again = ringService(made.db);
    again.clock.now = killed.clock.now;
    again.rings?.comeIn(roomId("!other:hs"));
    expect(sitting(again, 1)).not.toEqual(placed(again, 1));
    again.rings?.comeIn(ROOM);
    expect(sitting(again, 1)).toEqual(placed(again, 1));
  });

  test("keeps a meeting of its own that goes on beside the assembly", () => {
    const made = ringService();
    const outsider = by(made, who("zoe"));
    made.meetings.send(ROOM, { type: "join", name: "Zoe", ...outsider });
    made.meetings.send(ROOM, { type: "start", plan: council(), topic: "", seed: 1, ...outsider });
    made.begun();
    expect(made.meetings.of(ROOM)?.meeting.phase).toBe("circle");
    made.later(1);
    expect(made.meetings.of(ROOM)?.meeting.phase).toBe("circle");
  });
});

test("once the service ends nobody sits down any more: the next start has them do so", async () => {
  const made = ringService();
  made.assemblies.open(ROOM, "en");
  for (const name of people(105)) made.ask(name, { type: "join", name, language: null });
  made.ask("p1", { type: "start", plan: PLAN, topic: "tea", seed: 7 });
  const seated = (each: Service) => standing(each.state()).flatMap(({ number }) => sitting(each, number)).length;
  made.rings?.stop();
  const before = seated(made);
  // Each portion would come with a turn of its own.
  for (let turn = 0; turn < 20; turn++) await nextTurn();
  expect([before < 105, seated(made)]).toEqual([true, before]);
  const again = ringService(made.db);
  again.rings?.start();
  await vi.waitFor(() => expect(seated(again)).toBe(105));
});

test("when the time is over a turn that is only offered is none to wait for", () => {
  const made = ringService();
  made.begun();
  const turn = (number: number) => turnOf(meetingIn(made, number));
  // Lets all but the speaker be there: the others would be waited for.
  for (const { id } of meetingIn(made, 2).people)
    if (id !== turn(2)?.speaker)
      for (const type of ["connected", "dropped"] as const)
        made.meetings.send(ring(2), { type, who: id, at: made.clock.now });
  made.meetings.send(ring(2), { type: "pass", ...by(made, turn(2)?.speaker ?? who("p1")) });
  expect([turn(1)?.status, turn(2)?.status]).toEqual(["speaking", "offered"]);
  made.ask("p1", { type: "go-on" });
  expect([1, 2].map((number) => meetingIn(made, number).phase)).toEqual(["circle", "ended"]);
});

describe("a ring that the keeper speaks to", () => {
  const pausedAt = (made: Service, number: number) => {
    const meeting = meetingIn(made, number);
    return meeting.phase === "circle" ? meeting.pausedAt : undefined;
  };

  test("stands still by the hand of whoever speaks, and goes on by it", () => {
    const made = ringService();
    made.assemblies.open(ROOM, "en");
    for (const name of ["p2", "p1", ...NAMES.slice(2)]) made.ask(name, { type: "join", name, language: null });
    made.ask("p1", { type: "start", plan: PLAN, topic: "tea", seed: 7 });
    made.later(25);
    const keeper = made.assemblies.of(ROOM)?.keeper ?? who("p1");
    const speaker = made.assemblies.of(ROOM)?.members.find(({ id }) => id === keeper)?.name ?? "";
    expect(made.ask(speaker, { type: "speak-to-all" }).accepted).toBe(true);
    const actors = () =>
      made.db
        .prepare("SELECT json_extract(actor, '$.id') FROM events WHERE meeting = ? ORDER BY seq DESC LIMIT 1")
        .pluck()
        .get(meetingIn(made, 1).id);
    expect(actors()).toBe(keeper);
    made.later(60);
    expect([pausedAt(made, 1), actors()]).toEqual([null, keeper]);
  });

  test("stands still where its own keeper has it do so after that", () => {
    const made = ringService();
    made.begun();
    made.ask("p1", { type: "speak-to-all" });
    made.later(60);
    expect(pausedAt(made, 1)).toBeNull();
    made.clock.now += 1_000;
    const keeper = meetingIn(made, 1).keeper ?? who("p1");
    made.meetings.send(ring(1), { type: "pause", ...by(made, keeper) });
    made.later(1);
    expect(pausedAt(made, 1)).toBe(made.clock.now - 1_000);
  });
});
