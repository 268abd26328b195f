import { expect, test } from "vitest";
import { AssemblyTable, people, planned, who } from "../../tests/support/assembly/table.ts";

const RINGS = { kind: "rings", delegate: "lot" };
const COUNCIL = planned([RINGS, { kind: "delegates" }, { kind: "rings", company: "same" }]);

const table = (count: number, plan = COUNCIL) => {
  const all = people(count);
  return new AssemblyTable().gather(...all).start("p1", plan);
};

test("everybody has a place in a ring of four to seven, and the rings begin once all are there", () => {
  const at = table(15);
  expect([...at.seating.values()].map(({ length }) => length)).toEqual([5, 5, 5]);
  at.arrive(...(at.seating.get(1) ?? []));
  expect(at.running.rings.map(({ status }) => status)).toEqual(["running", "waiting", "waiting"]);
});

test("who does not arrive within 15 s is asked, and then the ring begins and keeps a turn for them", () => {
  const at = table(10);
  const [late = "", ...others] = people(10);
  at.arrive(...others).wait(15);
  expect(at.happened("absent-asked").map(({ who }) => who)).toEqual([[who(late)]]);
  at.wait(10);
  const began = at.happened("ring-began");
  expect(began).toHaveLength(2);
  expect(began.flatMap(({ missing }) => missing)).toEqual([who(late)]);
});

test("the delegates of the rings sit in one ring, and all others listen there", () => {
  const at = table(15).wait(25).over(1, 2, 3);
  const { members, step } = at.running;
  expect(step).toBe(1);
  expect(at.seating.get(1)).toHaveLength(15);
  const inside = members.filter(({ seated }) => seated).map(({ id }) => id);
  expect(inside.toSorted()).toEqual(
    at
      .happened("delegate-chosen")
      .map(({ who }) => who)
      .toSorted(),
  );
  expect(inside).toHaveLength(3);
});

test("one of each ring may take its empty chair, and the next once it is given back", () => {
  const at = table(15).wait(25).over(1, 2, 3);
  const ring = at.running.past.at(-1)?.[0]?.people ?? [];
  const names = at.running.members.filter(({ id, seated }) => ring.includes(id) && !seated).map(({ name }) => name);
  const [one = "", other = ""] = names;
  expect(at.by(one, { type: "take-chair" }).refusal).toBeNull();
  expect(at.by(other, { type: "take-chair" }).refusal).toBe("chair-taken");
  at.send({ type: "spoke-from-chair", who: who(one), at: at.at });
  expect(at.by(other, { type: "take-chair" }).refusal).toBeNull();
  const delegate = at.running.members.find(({ seated, onChair }) => seated && !onChair)?.name ?? "";
  expect(at.by(delegate, { type: "take-chair" }).refusal).toBe("no-chair");
});

test("after the delegates the rings are what they were", () => {
  const at = table(15).wait(25);
  const before = at.seating;
  at.over(1, 2, 3).wait(25).over(1);
  expect(at.running.step).toBe(2);
  expect(new Set([...at.seating.values()].map(String))).toEqual(new Set([...before.values()].map(String)));
});

test("a late comer goes into the smallest ring, and listens where only delegates speak", () => {
  const at = table(15).wait(25);
  at.by("p1", { type: "take-out", who: who(at.seating.get(2)?.[0] ?? "") });
  at.join("late");
  expect(at.ringOf("late")).toBe(2);
  at.over(1, 2, 3).join("later");
  expect(at.running.members.find(({ name }) => name === "later")).toMatchObject({ ring: 1, seated: false });
});

test("a ring that shrinks below three goes into the smallest other", () => {
  const at = table(15).wait(25);
  const [one = "", two = "", three = "", ...left] = at.seating.get(3) ?? [];
  for (const name of [one, two, three]) at.by(name, { type: "leave" });
  expect(at.running.rings.find(({ number }) => number === 3)?.status).toBe("merged");
  expect(left.map((name) => at.ringOf(name))).not.toContain(3);
  expect(at.happened("member-moved").map(({ reason }) => reason)).toEqual(["merged", "merged"]);
});

test("the keeper moves anybody; others ask, and are moved by the keeper", () => {
  const at = table(15).wait(25);
  const [name = ""] = at.seating.get(2)?.filter((each) => each !== "p1") ?? [];
  expect(at.by(name, { type: "move", who: who(name), to: 1 }).refusal).toBe("not-keeper");
  expect(at.by(name, { type: "ask-move", to: 99 }).refusal).toBe("no-such-ring");
  at.by(name, { type: "ask-move", to: 1 });
  expect(at.running.asked).toEqual([{ who: who(name), to: 1 }]);
  at.by("p1", { type: "move", who: who(name), to: 1 });
  expect(at.ringOf(name)).toBe(1);
  expect(at.running.asked).toEqual([]);
});

test("news of a ring that somebody was moved from do not count for the new one", () => {
  const at = table(15)
    .wait(25)
    .arrive(...people(15));
  const [name = ""] = at.seating.get(2)?.filter((each) => each !== "p1") ?? [];
  at.by("p1", { type: "move", who: who(name), to: 1 });
  at.send({ type: "arrived", who: who(name), ring: 2, at: at.at });
  const member = () => at.running.members.find((each) => each.name === name);
  expect(member()?.here).toBe(false);
  at.arrive(name);
  at.send({ type: "dropped", who: who(name), ring: 2, at: at.at });
  expect(member()?.here).toBe(true);
});

test("one clock: a minute and ten seconds before the end it is said, more time is for all, a turn has its grace", () => {
  const at = table(15).wait(239).wait(1);
  expect(at.happened("time-marked").map(({ seconds }) => seconds)).toEqual([60]);
  at.by("p1", { type: "more-time", byMs: 60_000 }).wait(60).wait(50);
  expect(at.happened("time-marked").map(({ seconds }) => seconds)).toEqual([60, 60, 10]);
  at.wait(10);
  expect(at.running).toMatchObject({ step: 0, closesAt: at.at + 10_000 });
  at.wait(10);
  expect(at.running.step).toBe(1);
});

test("the keeper goes on without a ring that is not done; nobody else does", () => {
  const at = table(15).wait(25).over(1, 2);
  expect(at.by("p2", { type: "go-on" }).refusal).toBe("not-keeper");
  at.by("p1", { type: "go-on" });
  expect(at.running.closesAt).toBe(at.at + 10_000);
  at.over(3);
  expect(at.running.step).toBe(1);
});

test("a ring of which more than half are ready is done", () => {
  const at = table(15).wait(25);
  for (const name of at.seating.get(1)?.slice(0, 2) ?? []) at.by(name, { type: "ready" });
  expect(at.running.rings[0]?.status).toBe("running");
  at.by(at.seating.get(1)?.[2] ?? "", { type: "ready" });
  expect(at.running.rings[0]?.status).toBe("done");
});

test("a delegate is whom more than half agree on; an objection lets another be named; else it is the quietest", () => {
  const at = table(10, planned([{ kind: "rings", delegate: "consent" }, { kind: "delegates" }])).wait(25);
  const [a = "", b = "", c = "", d = "", e = ""] = at.seating.get(1) ?? [];
  at.by(a, { type: "name-delegate", who: who(b) }).by(c, { type: "refuse-delegate" });
  expect(at.by(d, { type: "agree-delegate" }).refusal).toBe("no-delegate-here");
  at.by(a, { type: "name-delegate", who: who(d) })
    .by(b, { type: "agree-delegate" })
    .by(e, { type: "agree-delegate" });
  expect(at.happened("delegate-chosen").map(({ who, how }) => [who, how])).toEqual([[who(d), "consent"]]);
  const quiet = at.seating.get(2)?.[3] ?? "";
  const spoken = (at.seating.get(2) ?? []).map((name) => ({ who: who(name), ms: name === quiet ? 1 : 1_000 }));
  at.over(1).send({ type: "ring-over", ring: 2, spoken, at: at.at });
  expect(at.happened("delegate-chosen").at(-1)).toMatchObject({ who: who(quiet), how: "quietest" });
});

test("topics that people chose are rings; everybody at one topic are several; who chose none sits where there is room", () => {
  const at = table(20, planned([{ kind: "topics" }, { kind: "rings", byTopic: true }]));
  at.by("p1", { type: "propose-topic", text: "Bread" }).by("p2", { type: "propose-topic", text: "Salt" });
  for (const name of people(18).slice(2)) at.by(name, { type: "choose-topic", topic: 1 });
  expect(at.by("p3", { type: "choose-topic", topic: 9 }).refusal).toBe("no-such-topic");
  at.by("p1", { type: "go-on" });
  const themes = at.running.rings.map(({ theme }) => theme);
  expect(themes).toEqual(["Bread", "Bread", "Bread"]);
  expect([...at.seating.values()].flat().toSorted()).toEqual(people(20).toSorted());
});

test("one person proposes five topics at most, and chooses one once", () => {
  const at = table(20, planned([{ kind: "topics" }, { kind: "rings", byTopic: true }]));
  for (let n = 1; n <= 6; n++) at.by("p1", { type: "propose-topic", text: `Bread ${n}` });
  expect(at.refusal).toBe("too-many-own-topics");
  expect(at.by("p2", { type: "propose-topic", text: "Salt" }).refusal).toBeNull();
  expect(at.running.topics).toHaveLength(6);
  const before = at.journal.length;
  at.by("p2", { type: "choose-topic", topic: 6 });
  expect(at.journal).toHaveLength(before);
});

test("one person has twenty wishes at most, changes them and takes them back; of others' there may be more", () => {
  const all = people(23);
  const at = new AssemblyTable().gather("mod", ...all);
  const wishes = (name: string, wish: "together" | "apart" | "either", other: string) =>
    at.by(name, { type: "wish", wish, people: [who(name), who(other)] }).refusal;
  for (const other of all.slice(1, 21)) expect(wishes("p1", "apart", other)).toBeNull();
  expect(wishes("p1", "apart", "p22")).toBe("too-many-wishes");
  expect(wishes("p22", "apart", "p1")).toBeNull();
  expect(wishes("p1", "together", "p2")).toBeNull();
  expect(wishes("p1", "either", "p3")).toBeNull();
  expect(wishes("p1", "apart", "p23")).toBeNull();
  const before = at.journal.length;
  expect([wishes("p1", "apart", "p23"), wishes("p1", "either", "p3")]).toEqual([null, null]);
  expect(at.journal, "what is so already is written once").toHaveLength(before);
});

test("hosts stay, and others meet as few people again as may be", () => {
  const rounds = [{}, { hostStays: true }, { hostStays: true }].map((more) => ({
    kind: "rings",
    size: { least: 4, most: 4 },
    ...more,
  }));
  const at = table(16, planned(rounds));
  const hosts = at.running.rings.map(({ keeper }) => keeper);
  at.wait(25).over(1, 2, 3, 4);
  expect(at.running.rings.map(({ keeper }) => keeper)).toEqual(hosts);
  for (const [index, host] of hosts.entries())
    expect(at.running.members.find(({ id }) => id === host)?.ring).toBe(index + 1);
});

test("a keeper who falls out is the keeper still; one who leaves hands on to whoever came first", () => {
  const at = table(10)
    .wait(25)
    .arrive(...people(10));
  at.send({ type: "dropped", who: who("p1"), ring: at.ringOf("p1") ?? 0, at: at.at });
  expect(at.running.keeper).toBe(who("p1"));
  at.by("p1", { type: "leave" });
  expect(at.running.keeper).toBe(who("p2"));
});

test("of two who start at once one does", () => {
  const at = new AssemblyTable().gather("p1", "p2").start("p1", COUNCIL);
  expect(at.start("p2", COUNCIL).refusal).toBe("assembly-running");
});

test("two people are one ring, and nobody is sent to the delegates", () => {
  const at = table(2).wait(25).over(1);
  expect(at.running.step).toBe(2);
  at.wait(25).over(1);
  expect(at.state.phase).toBe("ended");
});

test("two hundred are placed at once, and more than the service holds are told so", () => {
  const at = table(200);
  expect([...at.seating.values()].every(({ length }) => length >= 4 && length <= 7)).toBe(true);
});

test("rings in which nobody says a word end by time alone", () => {
  expect(
    table(12)
      .toTheEnd()
      .happened("phase-ended")
      .map(({ step }) => step),
  ).toEqual([0, 1, 2]);
});

test("where the clock jumps back nothing ends twice, and time in which nobody was heard is given back", () => {
  const at = table(12);
  at.at -= 500_000;
  expect(at.wait(0).running.step).toBe(0);
  const { endsAt } = at.running;
  at.at = at.running.at + 90_000;
  at.send({ type: "returned", since: at.at - 60_000, at: at.at });
  expect(at.running.endsAt).toBe(endsAt + 60_000);
});

test("when everybody has left it is over", () => {
  const at = table(5).wait(25);
  for (const name of people(5)) at.by(name, { type: "leave" });
  expect(at.state.phase).toBe("ended");
});

test("three who want to sit together are two once whoever wished it is gone, and still sit together", () => {
  const all = people(21);
  for (let seed = 1; seed <= 20; seed++) {
    const at = new AssemblyTable().gather(...all);
    at.by("p1", { type: "wish", wish: "together", people: [who("p1"), who("p2"), who("p3")] });
    at.by("p1", { type: "leave" }).start("p4", COUNCIL, seed);
    expect(at.ringOf("p2")).toBe(at.ringOf("p3"));
  }
});
