import { describe, expect, test } from "vitest";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { AssemblyTable, people, planned, who } from "../../tests/support/assembly/table.ts";
import { nameIn } from "./assembly.ts";

const PHASES = [{ kind: "rings", delegate: "lot" }, { kind: "delegates" }, { kind: "rings", company: "same" }];
const begun = () =>
  new AssemblyTable()
    .gather("mod", ...people(14))
    .start("mod", planned(PHASES))
    .wait(25);
const member = (table: AssemblyTable, name: string) => table.state.members.find(({ id }) => id === who(name));
const other = (table: AssemblyTable) => (table.ringOf("mod") === 1 ? 2 : 1);

test("the keeper listens in another ring and keeps their own seat; the next part finds them where they sit", () => {
  const table = begun();
  const seat = table.ringOf("mod");
  table.arrive("mod").by("mod", { type: "visit", to: other(table) });
  expect(member(table, "mod")).toMatchObject({ ring: seat, visits: other(table), seated: true, here: false });
  table.by("mod", { type: "visit", to: seat ?? 1 });
  expect(member(table, "mod")).toMatchObject({ ring: seat, visits: null });
  table
    .by("mod", { type: "visit", to: other(table) })
    .by("mod", { type: "go-on" })
    .wait(10);
  expect(member(table, "mod")).toMatchObject({ ring: 1, visits: null });
});

test("only the keeper listens elsewhere and speaks to all", () => {
  const table = begun();
  expect(table.by("p1", { type: "visit", to: 2 }).refusal).toBe("not-keeper");
  expect(table.by("p1", { type: "tell-all", text: "Hear me" }).refusal).toBe("not-keeper");
  expect(table.by("mod", { type: "visit", to: 99 }).refusal).toBe("no-such-ring");
  table.by("mod", { type: "tell-all", text: "Five minutes" });
  expect(table.running.told).toMatchObject({ by: who("mod"), text: "Five minutes" });
});

test("a ring calls the keeper once, and has called until they come", () => {
  const table = begun();
  const ring = other(table);
  const inside = table.seating.get(ring)?.[0] ?? "";
  table.by(inside, { type: "call-keeper" }).by(inside, { type: "call-keeper" });
  expect(table.happened("keeper-called"), "each one rings for them").toHaveLength(1);
  expect(table.running.calls).toEqual([{ ring, by: who(inside) }]);
  expect(table.by("mod", { type: "visit", to: ring }).running.calls).toEqual([]);
  expect(table.by(inside, { type: "call-keeper" }).happened("keeper-called")).toHaveLength(2);
});

describe("a ring calls no longer, and can call again, once the keeper", () => {
  /** The keeper's own ring calls while they listen in the other one; that one calls as they are gone from it. */
  const called = (away: boolean) => {
    const table = begun().arrive("mod");
    const own = table.ringOf("mod") ?? 1;
    if (away) table.by("mod", { type: "visit", to: other(table) });
    const ring = away ? own : other(table);
    const inside = (table.seating.get(ring) ?? []).find((name) => name !== "mod") ?? "";
    table.by(inside, { type: "call-keeper" });
    expect(table.running.calls).toEqual([{ ring, by: who(inside) }]);
    const again = () => table.by(inside, { type: "call-keeper" }).happened("keeper-called").length;
    return { table, own, ring, inside, again };
  };

  test("comes back to it, their own", () => {
    const { table, own, again } = called(true);
    expect(table.by("mod", { type: "visit", to: own }).running.calls).toEqual([]);
    expect(again()).toBe(2);
  });

  test("answers it from their own seat, in its call all the while", () => {
    const table = begun().arrive("mod");
    const own = table.ringOf("mod") ?? 1;
    const inside = (table.seating.get(own) ?? []).find((name) => name !== "mod") ?? "";
    table.by(inside, { type: "call-keeper" });
    expect(table.by("mod", { type: "visit", to: own }).running.calls).toEqual([]);
    expect(member(table, "mod")).toMatchObject({ here: true, visits: null });
  });

  test("comes back into its call", () => {
    const { table, own, inside, again } = called(true);
    table.by("mod", { type: "visit", to: own }).send({ type: "dropped", who: who("mod"), ring: own, at: table.at });
    table.by(inside, { type: "call-keeper" });
    expect(table.arrive("mod").running.calls).toEqual([]);
    expect(again()).toBe(3);
  });

  test("sits down in it", () => {
    const { table, ring, again } = called(false);
    expect(table.by("mod", { type: "move", who: who("mod"), to: ring }).running.calls).toEqual([]);
    expect(again()).toBe(2);
  });

  test("is somebody else", () => {
    const { table, inside, again } = called(false);
    expect(table.by("mod", { type: "hand-over", to: who("mod") }).running.calls).toHaveLength(1);
    const next = table.seating.get(table.ringOf("mod") ?? 1)?.find((name) => name !== "mod") ?? inside;
    expect(table.by("mod", { type: "hand-over", to: who(next) }).running.calls).toEqual([]);
    expect(again()).toBe(2);
  });
});

test("a keeper who drops out comes back with the same rights; so does the keeper of a ring", () => {
  const table = begun().arrive("mod");
  const ring = table.ringOf("mod") ?? 1;
  const keepers = table.running.rings.map(({ keeper }) => keeper);
  table.send({ type: "dropped", who: who("mod"), ring, at: table.at }).wait(30);
  expect(table.state.keeper).toBe(who("mod"));
  table.arrive("mod").by("mod", { type: "more-time", byMs: 60_000 });
  expect(table.refusal).toBeNull();
  expect(table.running.rings.map(({ keeper }) => keeper)).toEqual(keepers);
});

test("more time is for all rings in one step, also for those that were closing", () => {
  const table = begun().by("mod", { type: "go-on" });
  expect(table.running.closesAt).not.toBeNull();
  table.by("mod", { type: "more-time", byMs: 60_000 });
  expect(table.running.closesAt).toBeNull();
  table.wait(50);
  expect(table.running.step).toBe(0);
});

test("a keeper who leaves in mid-phase leaves nobody in limbo: who came first keeps it, and it goes on to its end", () => {
  const table = begun().by("mod", { type: "visit", to: 2 }).by("mod", { type: "leave" });
  expect(table.state.keeper).toBe(who("p1"));
  expect(table.by("p1", { type: "more-time", byMs: 60_000 }).refusal).toBeNull();
  expect(table.toTheEnd().state.phase).toBe("ended");
});

test("twenty who leave at once leave rings that are none: the others sit in rings of three or more", () => {
  const table = new AssemblyTable()
    .gather("mod", ...people(34))
    .start("mod", planned(PHASES))
    .wait(25);
  for (const name of people(20)) table.send({ type: "removed", who: who(name), at: table.at });
  expect([...table.seating.values()].flat()).toHaveLength(15);
  for (const [ring, names] of table.seating) expect(names.length, `ring ${ring}`).toBeGreaterThanOrEqual(3);
  expect(table.toTheEnd().state.phase).toBe("ended");
});

test("two people are one ring; two who start at once start one assembly", () => {
  const table = new AssemblyTable().gather("mod", "ann");
  table.start("mod", planned(PHASES)).start("ann", planned(PHASES));
  expect(table.refusal).toBe("assembly-running");
  expect([...table.seating.values()]).toEqual([["mod", "ann"]]);
  expect(table.toTheEnd().state.phase).toBe("ended");
});

test("everybody asks for the same ring: each wish stands for the keeper, nobody moves", () => {
  const table = begun();
  const before = table.seating;
  const names = [...before.values()].flat();
  for (const name of names) table.by(name, { type: "ask-move", to: 1 });
  expect(table.seating).toEqual(before);
  const elsewhere = names.filter((name) => table.ringOf(name) !== 1);
  expect(table.running.asked.map(({ who: asking }) => asking).toSorted()).toEqual(elsewhere.map(who).toSorted());
});

test("a clock that jumps back or far ahead ends parts one by one, and everybody sits somewhere all the time", () => {
  const table = begun();
  table.wait(-3_600).wait(86_400);
  expect(table.running.step).toBeLessThanOrEqual(1);
  for (const { ring } of table.state.members) expect(ring).not.toBeNull();
  expect(table.toTheEnd().state.phase).toBe("ended");
});

test("all hear the keeper for a minute at most, in which time stands still for all", () => {
  const table = begun();
  const { endsAt } = table.running;
  expect(table.by("p1", { type: "speak-to-all" }).refusal).toBe("not-keeper");
  table.by("mod", { type: "speak-to-all" }).wait(59);
  expect(table.running).toMatchObject({ endsAt, voice: { by: who("mod"), endedAt: null } });
  table.wait(1);
  expect(table.running.voice?.endedAt).toBe(table.at);
  expect(table.running.endsAt).toBe(endsAt + 60_000);
  table.by("mod", { type: "speak-to-all" }).wait(5).by("mod", { type: "stop-speaking" });
  expect(table.running.endsAt).toBe(endsAt + 65_000);
});

test("no part runs out while the keeper speaks; their absence, or that of the service, is no trap", () => {
  const table = begun();
  table.wait((table.running.endsAt - table.at) / 1000 - 10);
  table.by("mod", { type: "speak-to-all" }).wait(30);
  table.send({ type: "returned", since: table.at - 20_000, at: table.at });
  expect(table.running.closesAt).toBeNull();
  const ringsBefore = table.seating;
  table.by("mod", { type: "leave" });
  expect(table.running.voice?.endedAt).toBe(table.at);
  expect(table.running.endsAt).toBe(table.at + 10_000);
  expect([...table.seating.values()].flat()).toHaveLength([...ringsBefore.values()].flat().length - 1);
  expect(table.toTheEnd().state.phase).toBe("ended");
});

test("whoever does something in it without taking part is known by their name from then on, also once they have another", () => {
  const table = new AssemblyTable()
    .gather("p1", ...people(14))
    .start("p1", planned(PHASES))
    .wait(25);
  table.by("mod", { type: "more-time", byMs: 60_000 }).by("mod", { type: "tell-all", text: "Five minutes" });
  expect(table.happened("actor-named")).toEqual([expect.objectContaining({ who: who("mod"), name: "mod" })]);
  expect(nameIn(table.state, who("mod"))).toBe("mod");
  const actor = madeActor(who("mod"), { name: "Mia", moderates: true });
  table.send({ type: "tell-all", text: "Four minutes", actor, at: table.at });
  expect(nameIn(table.state, who("mod"))).toBe("Mia");
});

test("nobody who takes part, only listens, or begins it is named a second time", () => {
  const table = new AssemblyTable().gather(...people(14)).start("mod", planned(PHASES));
  table.by("p3", { type: "leave" }).by("p3", { type: "listen-in", name: "p3", to: 1 }).by("p3", { type: "leave" });
  table.by("p20", { type: "listen-in", name: "p20", to: 1 }).by("p20", { type: "leave" });
  expect(table.happened("actor-named")).toEqual([]);
});

test("whoever is gone for good counts for nothing in their ring, and nobody is to move them", () => {
  const table = begun();
  const ring = other(table);
  const [gone = "", ...rest] = table.seating.get(ring) ?? [];
  const [voter = ""] = rest;
  table.by(gone, { type: "ask-move", to: table.ringOf("mod") ?? 1 }).by(gone, { type: "ready" });
  const keeper = table.running.rings.find(({ number }) => number === ring)?.keeper;
  const keeping = [gone, ...rest].find((name) => who(name) === keeper) ?? "";
  table.by(gone, { type: "leave" });
  const now = () => table.running.rings.find(({ number }) => number === ring);
  expect(table.running.asked).toEqual([]);
  expect(now()?.ready).toEqual([]);
  if (keeping !== gone) table.by(keeping, { type: "leave" });
  expect(now()?.keeper, "it goes on by itself").toBeNull();
  for (const name of table.seating.get(ring) ?? [voter]) table.by(name, { type: "ready" });
  expect(now()?.status).toBe("done");
});

test.each([
  ["delegates who all leave before they begin", [{ kind: "rings", delegate: "lot" }, { kind: "delegates" }]],
  ["a keeper who leaves before they open it", [{ kind: "plenary", speaks: "keeper" }]],
])("%s keep nobody waiting: the part is over", (_, parts) => {
  const table = new AssemblyTable().gather("p1", ...people(14)).start("p1", planned([...parts, { kind: "rings" }]));
  if (parts.length > 1) table.wait(25).by("p1", { type: "go-on" }).wait(10);
  const seated = table.state.members.filter((each) => each.seated && !each.gone).map(({ name }) => name);
  expect(seated.length).toBeLessThan(4);
  for (const name of seated) table.by(name, { type: "leave" });
  expect(table.running).toMatchObject({ step: parts.length });
  expect(table.running.rings.every(({ status }) => status === "waiting")).toBe(true);
});
