import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { people, planned, who } from "../../tests/support/assembly/table.ts";
import { roomId } from "../../tests/support/protocol/ids.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import type { AssemblyRequest } from "../assembly/command.ts";
import { openDatabase } from "../store/database.ts";
import { unitOf } from "../store/unit-of-work.ts";
import { Assemblies } from "./assemblies.ts";
import { AssemblyJournal } from "./assembly-journal.ts";

const [ROOM, OTHER] = [roomId("!garden:hs"), roomId("!other:hs")];
const NAMES = people(10);
const PLAN = planned([{ kind: "rings" }, { kind: "rings" }]);

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

function service(db = openDatabase(":memory:")) {
  const unreadable: string[] = [];
  const clock = { behindMs: 0 };
  const unit = unitOf(db);
  const assemblies = new Assemblies({
    journal: new AssemblyJournal(db),
    unit,
    now: () => Date.now() - clock.behindMs,
    onUnreadable: (room) => void unreadable.push(room),
  });
  const heard: string[] = [];
  let told = 0;
  assemblies.listen(({ phase }, happened) => {
    told++;
    for (const { type } of happened) heard.push(`${phase} ${type}`);
  });
  const ask = (name: string, what: AssemblyRequest, room = ROOM) =>
    assemblies.send(room, { ...what, actor: madeActor(who(name), { name, moderates: true }), at: Date.now() });
  const begun = () => {
    assemblies.open(ROOM, "en");
    for (const name of NAMES) ask(name, { type: "join", name, language: null });
    ask("p1", { type: "start", plan: PLAN, topic: "tea", seed: 7 });
  };
  return { db, clock, unit, assemblies, unreadable, heard, told: () => told, ask, begun };
}
const began = (heard: readonly string[]) => heard.filter((each) => each.endsWith("ring-began"));

describe("an assembly", () => {
  test("is opened where none is open, and another once it is over", () => {
    const { assemblies, ask, heard } = service();
    expect(assemblies.of(ROOM)).toBeNull();
    expect(assemblies.open(ROOM, "en").accepted).toBe(true);
    const first = assemblies.of(ROOM)?.id;
    expect(assemblies.open(ROOM, "en").accepted).toBe(false);
    expect(assemblies.of(ROOM)?.id).toBe(first);
    ask("p1", { type: "join", name: "p1", language: null });
    ask("p1", { type: "end" });
    expect(assemblies.of(ROOM)?.phase).toBe("ended");
    expect(assemblies.open(ROOM, "en").accepted).toBe(true);
    expect(assemblies.of(ROOM)).toMatchObject({ phase: "gathering" });
    expect(assemblies.of(ROOM)?.id).not.toBe(first);
    assemblies.open(OTHER, "ru");
    expect(assemblies.all()).toHaveLength(2);
    expect(heard[0]).toBe("gathering assembly-gathered");
  });

  test("that is over takes no other command", () => {
    const { assemblies, ask } = service();
    assemblies.open(ROOM, "en");
    ask("p1", { type: "join", name: "p1", language: null });
    ask("p1", { type: "end" });
    expect(ask("p2", { type: "join", name: "p2", language: null }).accepted).toBe(false);
  });

  test("sleeps until something falls due, and for good once it is over", () => {
    const { begun, ask } = service();
    begun();
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersToNextTimer();
    expect(Date.now()).toBe(1_015_000);
    expect(vi.getTimerCount()).toBe(1);
    ask("p1", { type: "end" });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("begins its rings although the machine's clock was set back meanwhile, later by as much", () => {
    const { begun, heard, clock } = service();
    begun();
    vi.advanceTimersByTime(16_000);
    clock.behindMs = 30_000;
    vi.advanceTimersByTime(38_000);
    expect(began(heard)).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(began(heard).length).toBeGreaterThan(1);
  });

  test("tells nobody of a command that changed nothing", () => {
    const { assemblies, begun, told } = service();
    begun();
    const before = told();
    assemblies.send(ROOM, { type: "clock", at: Date.now() });
    expect(told()).toBe(before);
  });

  test("has its rings begin by time alone, in each part that hears of it", () => {
    const { begun, heard } = service();
    begun();
    vi.advanceTimersByTime(24_000);
    expect(began(heard)).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(began(heard).length).toBeGreaterThan(1);
    vi.advanceTimersByTime(300_000);
    expect(heard).toContain("running time-ran-out");
  });

  test("stands still once the service stops", () => {
    const { assemblies, begun, heard, ask } = service();
    begun();
    assemblies.stop();
    vi.advanceTimersByTime(60_000);
    expect(began(heard)).toEqual([]);
    ask("p1", { type: "ready" });
    vi.advanceTimersByTime(600_000);
    expect(began(heard)).toEqual([]);
  });

  test("says in which ring somebody sits, while it runs and they are of it", () => {
    const { assemblies, begun, ask } = service();
    expect(assemblies.seatOf(ROOM, who("p1"))).toBeNull();
    begun();
    expect(assemblies.seatOf(ROOM, who("p1"))).toEqual(expect.any(Number));
    expect(assemblies.seatOf(ROOM, who("nobody"))).toBeNull();
    expect(assemblies.seatOf(OTHER, who("p1"))).toBeNull();
    ask("p1", { type: "leave" });
    expect(assemblies.seatOf(ROOM, who("p1"))).toBeNull();
  });

  test("is as it was after a restart, and what fell due meanwhile comes that much later", () => {
    const first = service();
    first.begun();
    const before = first.assemblies.of(ROOM);
    first.assemblies.stop();
    vi.setSystemTime(1_600_000);
    const again = service(first.db);
    expect(again.assemblies.of(ROOM)).toEqual(before);
    again.assemblies.open(OTHER, "en");
    again.assemblies.start(1_005_000);
    vi.advanceTimersByTime(19_000);
    expect(began(again.heard)).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(began(again.heard).length).toBeGreaterThan(1);
    expect(again.assemblies.of(OTHER)?.phase).toBe("gathering");
    expect(again.heard).not.toContain("gathering time-given-back");
  });

  test("of which it is not known how long it was heard begins its wait anew", () => {
    const first = service();
    first.begun();
    vi.setSystemTime(1_600_000);
    const again = service(first.db);
    again.assemblies.start(null);
    vi.advanceTimersByTime(24_000);
    expect(began(again.heard)).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(began(again.heard).length).toBeGreaterThan(1);
  });

  test("that cannot be read is told of, and the others are there", () => {
    const { db, assemblies } = service();
    assemblies.open(ROOM, "en");
    assemblies.open(OTHER, "en");
    db.prepare("UPDATE assembly_events SET body = '{}' WHERE assembly = ?").run(assemblies.of(ROOM)!.id);
    const again = service(db);
    expect(again.unreadable).toEqual([ROOM]);
    expect([again.assemblies.of(ROOM), again.assemblies.of(OTHER)?.phase]).toEqual([null, "gathering"]);
  });

  test("of a room that another service has is not opened, nor changed; it goes on when the room is here again", () => {
    const { assemblies, ask } = service();
    assemblies.open(ROOM, "en");
    const id = assemblies.of(ROOM)?.id;
    assemblies.letGo(ROOM);
    const refused = { accepted: false, refusal: { code: "not-kept" } };
    expect(assemblies.open(ROOM, "en")).toMatchObject(refused);
    expect(ask("p1", { type: "join", name: "p1", language: null })).toMatchObject(refused);
    expect(assemblies.of(ROOM)).toBeNull();
    expect(assemblies.open(OTHER, "en").accepted).toBe(true);
    assemblies.comeIn(ROOM, Date.now());
    expect(assemblies.of(ROOM)?.id).toBe(id);
    expect(ask("p1", { type: "join", name: "p1", language: null }).accepted).toBe(true);
  });

  test("is as it was where a unit comes to nothing, and nobody hears of it", () => {
    const { assemblies, unit, heard, ask } = service();
    const fails = (work: () => void) => () =>
      unit.run(() => {
        work();
        throw new Error("the disk is full");
      });
    expect(fails(() => assemblies.open(ROOM, "en"))).toThrow("full");
    expect([assemblies.of(ROOM), assemblies.all()]).toEqual([null, []]);
    assemblies.open(ROOM, "en");
    const before = assemblies.of(ROOM);
    expect(fails(() => ask("p1", { type: "join", name: "p1", language: null }))).toThrow("full");
    expect(assemblies.of(ROOM)).toBe(before);
    expect(heard).toEqual(["gathering assembly-gathered"]);
  });

  test("acts with its parts in one unit: what one of them cannot do has not happened", () => {
    const { assemblies } = service();
    assemblies.inTheSameUnit(() => {
      throw new Error("no");
    });
    expect(() => assemblies.open(ROOM, "en")).toThrow("no");
    expect(assemblies.of(ROOM)).toBeNull();
  });
});
