import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { people, planned, who } from "../../tests/support/assembly/table.ts";
import { refuseWrites, takeWrites } from "../../tests/support/journal/refusing-disk.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { roomId } from "../../tests/support/protocol/ids.ts";
import type { AssemblyRequest } from "../assembly/command.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { openDatabase } from "../store/database.ts";
import { isStorageFailure } from "../store/storage-guard.ts";
import { unitOf } from "../store/unit-of-work.ts";
import { Assemblies } from "./assemblies.ts";
import { AssemblyJournal } from "./assembly-journal.ts";

const ROOM = roomId("!garden:hs");

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

function service() {
  const db = openDatabase(":memory:");
  const assemblies = new Assemblies({
    journal: new AssemblyJournal(db),
    unit: unitOf(db),
    now: Date.now,
    onUnreadable: () => {},
    onNotKept: isStorageFailure,
  });
  const ask = (name: string, what: AssemblyRequest) =>
    assemblies.send(ROOM, { ...what, actor: madeActor(who(name), { name, moderates: true }), at: Date.now() });
  assemblies.open(ROOM, "en");
  for (const name of people(10)) ask(name, { type: "join", name, language: null });
  ask("p1", { type: "start", plan: planned([{ kind: "rings" }, { kind: "rings" }]), topic: "tea", seed: 7 });
  const state = () => {
    const assembly = assemblies.of(ROOM);
    if (assembly?.phase !== "running") throw new Error("it does not run");
    return assembly;
  };
  return { db, assemblies, ask, state };
}

const LATER_S = 600;

describe("an assembly on a disk that takes no writes", () => {
  test("waits, whatever falls due; then it goes on, later by the time in which nothing could be kept", () => {
    const { db, assemblies, state } = service();
    refuseWrites(db);
    vi.advanceTimersByTime(LATER_S * 1_000);
    expect(state().rings.map(({ status }) => status)).toEqual(["waiting", "waiting"]);
    takeWrites(db);
    assemblies.goOn(1_000_000);
    vi.advanceTimersByTime(24_000);
    expect(state().rings.map(({ status }) => status)).toEqual(["waiting", "waiting"]);
    vi.advanceTimersByTime(1_000);
    expect(state().rings.map(({ status }) => status)).toEqual(["running", "running"]);
  });

  test("does at once what fell due where the disk refused for a moment only", () => {
    const { db, assemblies, state } = service();
    vi.advanceTimersByTime(24_000);
    refuseWrites(db);
    vi.advanceTimersByTime(2_000);
    takeWrites(db);
    assemblies.goOn(null);
    vi.advanceTimersByTime(1);
    expect(state().rings.map(({ status }) => status)).toEqual(["running", "running"]);
  });

  test("refuses what people ask, and does not do it later", () => {
    const { db, assemblies, ask } = service();
    const before = assemblies.of(ROOM);
    refuseWrites(db);
    const asked = ask("p2", { type: "leave" });
    expect(asked).toMatchObject({ accepted: false, refusal: { code: "not-kept" } });
    expect(assemblies.of(ROOM)).toBe(before);
    takeWrites(db);
    assemblies.goOn(null);
    expect(assemblies.of(ROOM)).toBe(before);
    expect(ask("p2", { type: "leave" }).accepted).toBe(true);
  });

  test("knows afterwards who came into the call and who left the room, which nobody says twice", () => {
    const { db, assemblies, state } = service();
    refuseWrites(db);
    const [p3, p4] = [who("p3"), who("p4")];
    assemblies.send(ROOM, { type: "arrived", who: p3, ring: assemblies.seatOf(ROOM, p3)!, at: Date.now() });
    assemblies.send(ROOM, { type: "removed", who: p4, at: Date.now() });
    const member = (id: ParticipantId) => state().members.find((each) => each.id === id);
    expect([member(p3)?.here, member(p4)?.gone]).toEqual([false, false]);
    takeWrites(db);
    vi.setSystemTime(1_002_000);
    assemblies.goOn(null);
    expect([member(p3)?.here, member(p4)?.gone]).toEqual([true, true]);
    expect(assemblies.of(ROOM)?.at).toBe(1_002_000);
  });
});

test("an error that is not the disk's is not taken for it", () => {
  const { assemblies } = service();
  assemblies.inTheSameUnit(() => {
    throw new TypeError("a part stumbles");
  });
  expect(() => assemblies.send(ROOM, { type: "removed", who: who("p4"), at: Date.now() })).toThrow("stumbles");
});

test("what an event of the room brings about is not refused by half: all of it is handled again", () => {
  const { db, ask } = service();
  refuseWrites(db);
  expect(() => unitOf(db).run(() => ask("p2", { type: "leave" }))).toThrow("readonly");
});
