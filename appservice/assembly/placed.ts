import { drawn } from "../circle/order.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { mayBeKeeper } from "../protocol/rights.ts";
import {
  heededWishes,
  inRing,
  type Member,
  type PastRing,
  type RunningAssembly,
  staying,
  type Wish,
} from "./assembly.ts";
import type { PlacedRing } from "./event.ts";
import { place } from "./placing.ts";
import type { PlannedPhase } from "./scenario.ts";

type OfKind<K extends PlannedPhase["kind"]> = Extract<PlannedPhase, { kind: K }>;
type RingsOf = OfKind<"rings">;

/**
 * Rings with which a phase begins: everybody is in exactly one. Null: there is nobody to speak in it, and it is passed
 * over.
 */
export function placedRings(assembly: RunningAssembly, step: number): PlacedRing[] | null {
  const phase = assembly.plan.phases[step];
  if (!phase) return null;
  switch (phase.kind) {
    case "topics":
      return [all(assembly, staying(assembly).map(idOf), [])];
    case "plenary":
    case "closing":
      return [together(assembly, phase)];
    case "delegates":
      return delegates(assembly, phase, step);
    case "rings":
      return rings(assembly, phase, step);
  }
}

const idOf = ({ id }: Member) => id;

function all(
  assembly: RunningAssembly,
  seats: readonly ParticipantId[],
  listeners: readonly ParticipantId[],
): PlacedRing {
  return { number: 1, seats: [...seats], listeners: [...listeners], keeper: assembly.keeper, topic: null, theme: null };
}

function together(assembly: RunningAssembly, { speaks }: OfKind<"plenary" | "closing">): PlacedRing {
  const people = staying(assembly).map(idOf);
  const keeper = people.filter((who) => who === assembly.keeper);
  // A keeper who is gone cannot open; then the word is everybody's.
  const seats = speaks === "keeper" && keeper.length > 0 ? keeper : people;
  return all(
    assembly,
    seats,
    people.filter((who) => !seats.includes(who)),
  );
}

function delegates(assembly: RunningAssembly, { who, inside }: OfKind<"delegates">, step: number): PlacedRing[] | null {
  const people = staying(assembly).map(idOf);
  const before = assembly.past.at(-1) ?? [];
  const seats =
    who === "lot"
      ? drawn(people, assembly.seed + step).slice(0, inside)
      : before.flatMap((ring) => sentBy(ring, people, who === "delegates-and-keepers"));
  const unique = [...new Set(seats)];
  if (unique.length < 2) return null;
  return [
    all(
      assembly,
      unique,
      people.filter((each) => !unique.includes(each)),
    ),
  ];
}

/** Delegate of a ring; where they have gone, somebody else of it. */
function sentBy({ people, keeper, delegate }: PastRing, here: readonly ParticipantId[], keeperToo: boolean) {
  const left = people.filter((who) => here.includes(who));
  const sent = left.find((who) => who === delegate) ?? left[0];
  const kept = keeperToo ? left.filter((who) => who === keeper) : [];
  return sent === undefined ? [] : [sent, ...kept];
}

function rings(assembly: RunningAssembly, phase: RingsOf, step: number): PlacedRing[] {
  if (phase.byTopic) {
    const found = byTopic(assembly, phase, step);
    if (found.length > 0) return keptRings(assembly, found, phase, step);
  }
  const before = assembly.past.at(-1) ?? [];
  const drawnAnew = phase.company === "new" ? newCompany(assembly, phase, step, before) : sameCompany(assembly, before);
  return keptRings(
    assembly,
    drawnAnew.map((people) => ({ people, topic: null })),
    phase,
    step,
    phase.hostStays ? before : [],
  );
}

function newCompany(assembly: RunningAssembly, phase: RingsOf, step: number, before: readonly PastRing[]) {
  const people = staying(assembly);
  const here = new Set(people.map(idOf));
  const stay = new Map<ParticipantId, number>();
  if (phase.hostStays)
    for (const [index, { keeper }] of before.entries()) if (keeper && here.has(keeper)) stay.set(keeper, index);
  const rounds = assembly.past.map((round) => round.map((ring) => ring.people));
  const placed = place({
    people,
    size: phase.size,
    wishes: wishesOf(assembly),
    rounds,
    stay,
    seed: assembly.seed + step,
  });
  return placed.filter((ring) => ring.length > 0);
}

/** The rings as they were; whoever came since sits in the smallest, and a ring whose people went is none. */
function sameCompany(assembly: RunningAssembly, before: readonly PastRing[]): ParticipantId[][] {
  const here = staying(assembly).map(idOf);
  const same = before
    .map(({ people }) => people.filter((who) => here.includes(who)))
    .filter(({ length }) => length > 0);
  if (same.length === 0) return [here];
  const seated = new Set(same.flat());
  for (const who of here.filter((each) => !seated.has(each))) smallest(same)?.push(who);
  return same;
}

/**
 * Rings of those who chose one topic, as many as its people need. Those who chose none, or one of too few, go to the
 * topics that have the fewest.
 */
function byTopic(assembly: RunningAssembly, { size }: RingsOf, step: number) {
  const people = staying(assembly);
  const chose = (topic: number) => people.filter(({ id }) => assembly.chosen.get(id) === topic).map(idOf);
  const enough = Math.min(size.least, 3);
  const topics = assembly.topics
    .map(({ id }) => ({ topic: id, people: chose(id) }))
    .filter((topic) => topic.people.length >= enough);
  const seated = new Set(topics.flatMap((topic) => topic.people));
  for (const { id } of people) if (!seated.has(id)) smallest(topics.map((topic) => topic.people))?.push(id);
  const lot = {
    wishes: wishesOf(assembly),
    rounds: [],
    stay: new Map<ParticipantId, number>(),
    seed: assembly.seed + step,
  };
  return topics.flatMap((topic) => {
    const sitting = people.filter(({ id }) => topic.people.includes(id));
    return place({ people: sitting, size, ...lot }).map((ring) => ({ people: ring, topic: topic.topic }));
  });
}

function wishesOf(assembly: RunningAssembly): Wish[] {
  return heededWishes(assembly).map(({ wish, stay }) => ({ wish, people: stay }));
}

function smallest(rings: readonly ParticipantId[][]): ParticipantId[] | undefined {
  return rings.toSorted((one, other) => one.length - other.length)[0];
}

type Company = { readonly people: readonly ParticipantId[]; readonly topic: number | null };

function keptRings(
  assembly: RunningAssembly,
  found: readonly Company[],
  { keepers }: RingsOf,
  step: number,
  hosts: readonly PastRing[] = [],
): PlacedRing[] {
  const kept = new Set(assembly.past.flat().map(({ keeper }) => keeper));
  return found.map(({ people, topic }, index) => {
    const able = people.filter(mayBeKeeper);
    const host = hosts.find(({ keeper }) => keeper !== null && able.includes(keeper))?.keeper;
    const lot = drawn(able, assembly.seed + step * 1_000 + index);
    const rested = keepers === "rotation" ? lot.find((who) => !kept.has(who)) : undefined;
    const keeper = keepers === "nobody" ? null : (host ?? rested ?? lot[0] ?? null);
    return { number: index + 1, seats: [...people], listeners: [], keeper, topic, theme: null };
  });
}

/** The ring of a phase into which a late comer goes: the smallest of those that are not done. */
export function ringForLate(assembly: RunningAssembly): { ring: number; seated: boolean } {
  const phase = assembly.plan.phases[assembly.step];
  const open = assembly.rings.filter(({ status }) => status === "waiting" || status === "running");
  const stands = open.length > 0 ? open : assembly.rings.filter(({ status }) => status !== "merged");
  const size = new Map(stands.map(({ number }) => [number, inRing(assembly, number).length]));
  const best = stands.toSorted((one, other) => (size.get(one.number) ?? 0) - (size.get(other.number) ?? 0))[0];
  const listens = phase?.kind === "delegates" || (phase && "speaks" in phase && phase.speaks === "keeper");
  return { ring: best?.number ?? 1, seated: !listens };
}
