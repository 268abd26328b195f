import type { GatheringAssembly } from "../../../appservice/protocol/assembly-gathering.ts";
import type { AssemblyMap, RingOnMap } from "../../../appservice/protocol/assembly-map.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import { idOf, people } from "./people.ts";

const NAMES = people(20).map(({ name }) => name);

/** An assembly of many rings; the one who looks at it sits in the second. */
export function assemblyOf(rings: number, me: ParticipantId, now: number): AssemblyMap {
  let count = 0;
  const made = Array.from({ length: rings }, (_, index): RingOnMap => {
    const size = 4 + ((index * 5) % 4);
    const sitting = Array.from({ length: size }, (__, seat) => {
      const id = index === 1 && seat === 1 ? me : idOf(100 + count);
      count += 1;
      const name = NAMES[(index * 7 + seat * 3) % NAMES.length] ?? "";
      return { id, name, here: (index + seat) % 9 !== 8, seated: true };
    });
    const status = index % 7 === 5 ? "done" : index % 7 === 6 ? "waiting" : "running";
    const speaker = status === "running" ? (sitting[index % size] ?? null) : null;
    return {
      number: index + 1,
      status,
      theme: null,
      keeper: sitting[0]?.id ?? null,
      delegate: index % 4 === 1 ? (sitting[2]?.id ?? null) : null,
      people: sitting,
      visitors: [],
      named: null,
      summary: { agreed: [], given: index % 4 === 1 },
      ready: [],
      speaker: speaker?.id ?? null,
      turns: status === "running" ? { done: index % size, of: size } : null,
    };
  });
  return {
    title: "Assembly",
    titles: { en: "Assembly", ru: "Собрание" },
    topic: "Our garden",
    keeper: me,
    phase: {
      number: 1,
      of: 3,
      kind: "rings",
      title: "What should the garden be in five years?",
      titles: {
        en: "What should the garden be in five years?",
        ru: "Каким сад должен стать через пять лет?",
      },
      endsAt: now + 437_000,
      beginsBy: now - 100_000,
      closing: false,
      choosing: false,
      sends: true,
    },
    rings: made,
    calls: [],
    voice: null,
    told: null,
    asked: rings > 2 ? [{ who: made[0]?.people[1]?.id ?? me, to: 3 }] : [],
  };
}

/** All in one ring, where a few speak and the others listen; the one who looks at it does what `as` says. */
export function delegatesOf(
  people: number,
  me: ParticipantId,
  now: number,
  as: "listener" | "delegate" = "listener",
): AssemblyMap {
  const whole = assemblyOf(Math.ceil(people / 5), me, now);
  const all = whole.rings.flatMap(({ people: sitting }) => sitting).slice(0, people);
  const fifth = all.map((person, index) => ({ ...person, seated: index % 5 === 0 }));
  const seatOf = (person: (typeof fifth)[number]) => (person.id === me ? as === "delegate" : person.seated);
  const sits = fifth.map((person, index) => {
    const seated = seatOf(person);
    return { ...person, seated, ...(seated && { speaksFor: Math.floor(index / 5) + 1 }) };
  });
  const speaker = sits.find(({ id, seated }) => seated && (id === me) === (as === "delegate"))?.id ?? null;
  const seats = sits.filter(({ seated }) => seated).length;
  return {
    ...whole,
    phase: { ...whole.phase, number: 2, kind: "delegates", sends: false },
    asked: [],
    rings: [
      {
        number: 1,
        status: "running",
        theme: null,
        keeper: me,
        delegate: null,
        people: sits,
        visitors: [],
        named: null,
        summary: { agreed: [], given: false },
        ready: [],
        speaker,
        turns: { done: 1, of: seats },
      },
    ],
  };
}

/** The groups of a part that has just begun: some people are not there yet. */
export function placingOf(rings: number, me: ParticipantId, now: number): AssemblyMap {
  const whole = assemblyOf(rings, me, now);
  return {
    ...whole,
    phase: { ...whole.phase, endsAt: now + 1_190_000, beginsBy: now + 13_000 },
    asked: [],
    rings: whole.rings.map((ring, index) => ({
      ...ring,
      status: index % 3 === 2 ? "running" : "waiting",
      speaker: index % 3 === 2 ? (ring.people[0]?.id ?? null) : null,
      delegate: null,
      turns: index % 3 === 2 ? { done: 0, of: ring.people.length } : null,
      people: ring.people.map((person, seat) => ({
        ...person,
        here: person.id === me || index % 3 === 2 || (seat + index) % 3 !== 0,
      })),
    })),
  };
}

/** An assembly that gathers, with the wishes of a few; the one who looks at it takes part. */
export function gatheringOf(count: number, me: ParticipantId, mayStart: boolean): GatheringAssembly {
  const others = Array.from({ length: count - 1 }, (_, index) => ({
    id: idOf(100 + index),
    name: NAMES[(index * 3) % NAMES.length] ?? "",
    language: index % 3 === 0 ? ("ru" as const) : null,
  }));
  const all = [{ id: me, name: "Chiara Rossi", language: null }, ...others];
  const pair = (one: number, other: number) => [all[one]?.id ?? me, all[other]?.id ?? me];
  return {
    people: all,
    wishes: [
      { wish: "together", people: pair(0, 2) },
      { wish: "apart", people: pair(1, 3) },
    ],
    scenarios: [
      {
        id: "assembly",
        title: "Assembly",
        about: "Groups talk, send somebody each to a circle that all hear, and talk again.",
        size: { least: 4, most: 7 },
      },
      { id: "1-2-4-all", title: "1-2-4-all", about: "Alone, in pairs, in fours, and then all together.", size: null },
      {
        id: "world-cafe",
        title: "World café",
        about: "Three rounds in new company, with a host who stays at each table.",
        size: { least: 4, most: 5 },
      },
    ],
    mayStart,
    mayCallOff: mayStart,
  };
}

/** A part in which people propose topics and choose among them. */
export function topicsOf(me: ParticipantId, now: number): AssemblyMap {
  const whole = assemblyOf(5, me, now);
  const sitting = whole.rings.flatMap((ring) => ring.people);
  const all = sitting.map(({ id }) => id);
  const [one] = whole.rings;
  return {
    ...whole,
    phase: { ...whole.phase, kind: "topics", sends: false },
    rings: one ? [{ ...one, status: "running", people: sitting, speaker: null, turns: null }] : [],
    asked: [],
    topics: [
      { id: 1, text: "Bread for all houses of the street", chosen: all.slice(0, 9) },
      { id: 2, text: "Wie wir Streuobst gemeinsam ernten", chosen: all.slice(9, 12) },
      { id: 3, text: "Сад на крыше", chosen: [] },
    ],
  };
}
