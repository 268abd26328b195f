import { onTestFinished } from "vitest";
import type { AssemblyRequest } from "../../../appservice/assembly/command.ts";
import { Assemblies } from "../../../appservice/journal/assemblies.ts";
import { AssemblyJournal } from "../../../appservice/journal/assembly-journal.ts";
import { Journal } from "../../../appservice/journal/journal.ts";
import { Meetings } from "../../../appservice/journal/meetings.ts";
import { RingMeetings } from "../../../appservice/journal/ring-meetings.ts";
import type { Shown } from "../../../appservice/protocol/agreement.ts";
import { openDatabase } from "../../../appservice/store/database.ts";
import { isStorageFailure } from "../../../appservice/store/storage-guard.ts";
import { unitOf } from "../../../appservice/store/unit-of-work.ts";
import { roomId } from "../protocol/ids.ts";
import { madeActor } from "../protocol/made-actor.ts";
import { people, planned, who } from "./table.ts";

export const ROOM = roomId("!garden:hs");
export const ring = (number: number) => ({ room: ROOM, ring: number });
export const NAMES = people(10);
export const PLAN = planned([
  { kind: "rings", delegate: "lot" },
  { kind: "delegates" },
  { kind: "rings", company: "same" },
]);

/**
 * The part of the service that keeps assemblies and their meetings; `deaf`: it died before the assembly heard of its
 * rings.
 */
export function ringService(
  db = openDatabase(":memory:"),
  { deaf = false, asks }: { readonly deaf?: boolean; readonly asks?: Shown } = {},
) {
  const clock = { now: 1_000_000 };
  /** Commands to meetings, and their answers. */
  const decided: string[] = [];
  const throwOn = (_: unknown, error: unknown) => {
    throw error;
  };
  const unit = unitOf(db);
  const assemblies = new Assemblies({
    journal: new AssemblyJournal(db),
    unit,
    now: () => clock.now,
    onUnreadable: throwOn,
  });
  const meetings = new Meetings({
    journal: new Journal(db),
    now: () => clock.now,
    languageOf: () => "en",
    seatOf: (room, id) => assemblies.seatOf(room, id),
    ...(asks && { asksIn: () => asks }),
    onUnreadable: throwOn,
    onDecided: ({ type }, ruling) => void decided.push(`${type} ${ruling.accepted || ruling.refusal.code}`),
  });
  let refusals = 0;
  const onNotKept = (error: unknown) => {
    refusals++;
    return isStorageFailure(error);
  };
  const now = () => clock.now;
  const rings = deaf ? null : new RingMeetings({ assemblies, meetings, unit, now, seed: () => 3, onNotKept });
  const stop = () => {
    assemblies.stop();
    rings?.stop();
    meetings.stop();
  };
  onTestFinished(stop);
  const ask = (name: string, what: AssemblyRequest) =>
    assemblies.send(ROOM, { ...what, actor: madeActor(who(name), { name }), at: clock.now });
  const later = (seconds: number) => {
    clock.now += seconds * 1000;
    assemblies.send(ROOM, { type: "clock", at: clock.now });
  };
  const gathered = (plan = PLAN) => {
    assemblies.open(ROOM, "en");
    for (const name of NAMES) ask(name, { type: "join", name, language: null });
    ask("p1", { type: "start", plan, topic: "tea", seed: 7 });
  };
  const begun = (plan = PLAN) => {
    gathered(plan);
    later(25);
  };
  const state = () => {
    const assembly = assemblies.of(ROOM);
    if (assembly?.phase !== "running") throw new Error("it does not run");
    return assembly;
  };
  const end = (number: number) => {
    const meeting = meetings.of(ring(number))?.meeting;
    const actor = madeActor(meeting?.keeper ?? who("p1"), { moderates: true });
    return meetings.send(ring(number), { type: "end", actor, at: clock.now, expectedVersion: null });
  };
  return {
    db,
    clock,
    assemblies,
    meetings,
    rings,
    ask,
    later,
    gathered,
    begun,
    state,
    end,
    stop,
    decided,
    refusals: () => refusals,
  };
}

type Service = ReturnType<typeof ringService>;
export const sitting = ({ meetings, assemblies }: Service, number: number) =>
  (meetings.of(ring(number))?.meeting.people ?? [])
    .filter(({ presence }) => presence !== "left")
    .map(({ id }) => assemblies.of(ROOM)?.members.find((member) => member.id === id)?.name ?? id)
    .toSorted();
export const placed = ({ state }: Service, number: number) =>
  state()
    .members.filter((member) => member.ring === number && member.seated && !member.gone)
    .map(({ name }) => name)
    .toSorted();
