import { expect, test } from "vitest";
import { AssemblyTable, people, planned, who } from "../../tests/support/assembly/table.ts";
import { listensIn } from "./assembly.ts";

const PLAN = planned([{ kind: "rings", delegate: "lot" }, { kind: "delegates" }]);
const table = () => new AssemblyTable().gather(...people(15)).start("p1", PLAN);
const listens = (at: AssemblyTable, name: string) => listensIn(at.state, who(name));
const listen = (at: AssemblyTable, name: string, to: number) => at.by(name, { type: "listen-in", name, to });

test("whoever only listens chooses any ring, changes it, and has no place in any of them", () => {
  const at = table();
  expect(listen(at, "guest", 2).refusal).toBeNull();
  expect(listen(at, "guest", 3).refusal).toBeNull();
  expect(listens(at, "guest")).toBe(3);
  expect([...at.seating.values()].flat()).not.toContain("guest");
  expect(listen(at, "guest", 9).refusal).toBe("no-such-ring");
  expect(listen(at, "p4", 2).refusal, "those who take part have their seats").toBe("already-in-assembly");
  at.by("guest", { type: "leave" });
  expect(listens(at, "guest")).toBeNull();
});

test("listeners do not count: no ring begins by them, waits for them, or stays because of them", () => {
  const at = table();
  listen(at, "guest", 1);
  at.arrive(...(at.seating.get(1) ?? []));
  expect(at.running.rings[0]?.status).toBe("running");
  at.wait(25);
  expect(at.happened("absent-asked").flatMap((asked) => asked.who)).not.toContain(who("guest"));
});

test("they go with the ring that they hear: into the one that it merges with, and into the next part", () => {
  const at = table().wait(25);
  listen(at, "guest", 1);
  for (const name of (at.seating.get(1) ?? []).slice(0, 3)) at.by(name, { type: "leave" });
  const into = at.happened("ring-merged")[0]?.into;
  expect(listens(at, "guest")).toBe(into);
  at.over(2, 3);
  expect(at.running.step).toBe(1);
  expect(listens(at, "guest")).toBe(1);
});

test("whoever then takes part is no listener any more, and whoever leaves the room is neither", () => {
  const at = table();
  listen(at, "guest", 1);
  listen(at, "other", 1);
  at.join("guest");
  expect(listens(at, "guest")).toBeNull();
  expect(at.ringOf("guest")).not.toBeNull();
  at.send({ type: "removed", who: who("other"), at: at.at });
  expect(listens(at, "other")).toBeNull();
  expect(at.running.gallery).toEqual([]);
});

test("the journal tells of listeners whether somebody took them out", () => {
  const at = table();
  for (const name of ["guest", "other"]) listen(at, name, 1);
  at.by("guest", { type: "leave" });
  at.by("p1", { type: "take-out", who: who("other") });
  expect(at.happened("listener-left").map(({ by }) => by)).toEqual([null, who("p1")]);
});
