import type { ParticipantId, RingNumber } from "../protocol/identity.ts";
import {
  type Assembly,
  inRing,
  type Member,
  type PastRing,
  phaseOf,
  type Ring,
  type RunningAssembly,
  voiceNow,
} from "./assembly.ts";
import type { AssemblyEvent } from "./event.ts";
import { galleryIn, galleryMerged, withListener } from "./gallery-changes.ts";
import { leftBy } from "./leaving.ts";
import { callsOnceIn, callsWithout } from "./keeper-calls.ts";

type Of<T extends AssemblyEvent["type"]> = Extract<AssemblyEvent, { type: T }>;
type InPhase = Exclude<
  AssemblyEvent,
  {
    type:
      | "assembly-gathered"
      | "member-joined"
      | "actor-named"
      | "member-left"
      | "member-arrived"
      | "member-dropped"
      | "wish-made"
      | "keeper-passed"
      | "assembly-started"
      | "phase-started"
      | "assembly-ended"
      | "words-erased";
  }
>;

/** Everybody sits where the phase places them; whoever is in another call has still to arrive. */
export function phaseStarted(assembly: Assembly, { step, rings, endsAt, at }: Of<"phase-started">): Assembly {
  if (assembly.phase !== "running") return assembly;
  const places = new Map<ParticipantId, { ring: RingNumber; seated: boolean }>();
  for (const { number: ring, seats, listeners } of rings) {
    for (const who of seats) places.set(who, { ring, seated: true });
    for (const who of listeners) places.set(who, { ring, seated: false });
  }
  const members = assembly.members.map((member): Member => {
    const place = places.get(member.id);
    if (!place) return member;
    return { ...member, ...place, here: isStillHere(member, place.ring), onChair: false, visits: null };
  });
  const fresh = rings.map(
    ({ number, keeper, topic, theme }): Ring => ({
      number,
      status: "waiting",
      keeper,
      topic,
      theme: assembly.topics.find(({ id }) => id === topic)?.text ?? theme,
      asked: false,
      ready: [],
      named: null,
      delegate: null,
      summary: { agreed: [], given: false },
      meeting: null,
    }),
  );
  const begun = { beganAt: at, endsAt, marks: [], closesAt: null, asked: [], calls: [] };
  const gallery = galleryIn(assembly, rings);
  return { ...assembly, ...begun, step, rings: fresh, members, gallery };
}

/** In the call of the ring already in which they are to sit now. */
function isStillHere({ here, ring, visits }: Member, next: RingNumber): boolean {
  return visits === null ? here && ring === next : false;
}

/** Changes within a phase. */
export function changedRunning(assembly: RunningAssembly, event: InPhase): Assembly {
  switch (event.type) {
    case "absent-asked":
      return inOne(assembly, event.ring, () => ({ asked: true }));
    case "ring-began":
      return inOne(assembly, event.ring, () => ({ status: "running" }));
    case "member-moved":
      return moved(assembly, event);
    case "move-asked":
      return { ...assembly, asked: [...without(assembly, event.who), { who: event.who, to: event.to }] };
    case "ring-gathered":
      return gathered(assembly, event);
    case "ring-merged":
      return merged(assembly, event);
    case "ring-done":
      return done(assembly, event);
    case "ready-said":
      return inRingOf(assembly, event.who, ({ ready }) => ({ ready: [...new Set([...ready, event.who])] }));
    case "listener-came":
      return { ...assembly, gallery: withListener(assembly, event) };
    case "listener-left":
      return { ...assembly, gallery: assembly.gallery.filter(({ id }) => id !== event.who) };
    case "delegate-named":
      return inOne(assembly, event.ring, () => ({ named: { who: event.who, agreed: [event.by] } }));
    case "delegate-agreed":
      return inOne(assembly, event.ring, ({ named }) => ({
        named: named && { ...named, agreed: [...new Set([...named.agreed, event.by])] },
      }));
    case "delegate-refused":
      return inOne(assembly, event.ring, () => ({ named: null }));
    case "delegate-chosen":
      return delegated(assembly, event);
    case "summary-agreed":
      return inOne(assembly, event.ring, ({ summary }) => ({
        summary: { ...summary, agreed: [...new Set([...summary.agreed, event.by])] },
      }));
    case "summary-given":
      return givenAlong(assembly, event);
    case "chair-taken":
      return { ...assembly, members: changedMember(assembly, event.who, { seated: true, onChair: true }) };
    case "chair-left":
      return { ...assembly, members: changedMember(assembly, event.who, { seated: false, onChair: false }) };
    case "topic-proposed":
      return { ...assembly, topics: [...assembly.topics, { id: event.topic, text: event.text, by: event.by }] };
    case "topic-chosen":
      return { ...assembly, chosen: new Map(assembly.chosen).set(event.who, event.topic) };
    case "time-marked":
      return { ...assembly, marks: [...assembly.marks, event.seconds] };
    case "time-added":
      return { ...assembly, endsAt: event.endsAt, marks: [], closesAt: null };
    case "time-ran-out":
      return { ...assembly, closesAt: event.closesAt };
    case "phase-ended":
      return { ...assembly, past: pastWith(assembly) };
    case "time-given-back":
      return givenBack(assembly, event);
    case "keeper-called":
      return { ...assembly, calls: [...callsWithout(assembly, event.ring), { ring: event.ring, by: event.by }] };
    case "words-told":
      return { ...assembly, told: { by: event.by, text: event.text, at: event.at } };
    case "voice-began":
      return { ...assembly, voice: { by: event.by, at: event.at, endsAt: event.endsAt, endedAt: null } };
    case "voice-ended":
      return fallenSilent(assembly, event);
    case "visit-began":
      return visited(assembly, event);
    case "visit-ended":
      return cameBack(assembly, event);
  }
}

function moved(assembly: RunningAssembly, { who, to, seated }: Of<"member-moved">): Assembly {
  const before = assembly.members.find(({ id }) => id === who)?.ring ?? null;
  const members = changedMember(assembly, who, { ring: to, seated, onChair: false, here: false, visits: null });
  const rings = assembly.rings.map((ring) => (ring.number === before ? leftBy(ring, who) : ring));
  return { ...assembly, members, rings, asked: without(assembly, who), calls: callsOnceIn(assembly, who, to) };
}

function merged(assembly: RunningAssembly, { ring, into }: Of<"ring-merged">): Assembly {
  const gallery = galleryMerged(assembly, ring, into);
  return inOne({ ...assembly, gallery, calls: callsWithout(assembly, ring) }, ring, () => ({ status: "merged" }));
}

function gathered(assembly: RunningAssembly, { ring: number, meeting }: Of<"ring-gathered">): Assembly {
  const ring = assembly.rings.find((each) => each.number === number);
  const { topic, theme } = ring ?? { topic: null, theme: null };
  const { step } = assembly;
  // A meeting that was gathered and not begun while a part lasted is that of the part in which it begins.
  const others = assembly.held.filter((each) => each.meeting !== meeting);
  const held = [...others, { step, number, topic, theme, meeting, delegate: null, given: false }];
  return inOne({ ...assembly, held }, number, () => ({ meeting }));
}

function delegated(assembly: RunningAssembly, { ring: number, who }: Of<"delegate-chosen">): Assembly {
  const held = assembly.held.map((ring) =>
    ring.step === assembly.step && ring.number === number ? { ...ring, delegate: who } : ring,
  );
  return inOne({ ...assembly, held }, number, () => ({ delegate: who }));
}

function givenAlong(assembly: RunningAssembly, { ring: number }: Of<"summary-given">): Assembly {
  const held = assembly.held.map((ring) =>
    ring.step === assembly.step && ring.number === number ? { ...ring, given: true } : ring,
  );
  return inOne({ ...assembly, held }, number, ({ summary }) => ({ summary: { ...summary, given: true } }));
}

/** A person who listens elsewhere is not in the call of their own ring. */
function visited(assembly: RunningAssembly, { who, ring }: Of<"visit-began">): Assembly {
  const members = changedMember(assembly, who, { visits: ring, here: false });
  return { ...assembly, members, calls: callsOnceIn(assembly, who, ring) };
}

function cameBack(assembly: RunningAssembly, { who }: Of<"visit-ended">): Assembly {
  const member = assembly.members.find(({ id }) => id === who);
  const own = member?.ring ?? null;
  // A keeper who answers the call of their own ring did not go from it.
  const here = member?.visits === null && member.here;
  const members = changedMember(assembly, who, { visits: null, here });
  return { ...assembly, members, calls: callsOnceIn(assembly, who, own) };
}

function done(assembly: RunningAssembly, { ring, spoken }: Of<"ring-done">): Assembly {
  const ms = new Map(spoken.map((each) => [each.who, each.ms]));
  const members = assembly.members.map((member) => ({
    ...member,
    spokenMs: member.spokenMs + (ms.get(member.id) ?? 0),
  }));
  return inOne({ ...assembly, members }, ring, () => ({ status: "done" }));
}

/** Rings of this phase, for those that follow; a phase in which all sit together leaves none. */
function pastWith(assembly: RunningAssembly): AssemblyPast {
  if (phaseOf(assembly).kind !== "rings") return assembly.past;
  const rings = assembly.rings.filter(({ status }) => status !== "merged");
  const past = rings.map(
    ({ number, keeper, delegate, meeting }): PastRing => ({
      number,
      people: inRing(assembly, number).map(({ id }) => id),
      keeper,
      delegate,
      meeting,
    }),
  );
  return [...assembly.past, past];
}
type AssemblyPast = RunningAssembly["past"];

function givenBack(assembly: RunningAssembly, { since, at }: Of<"time-given-back">): Assembly {
  const by = Math.max(0, at - since);
  const voice = voiceNow(assembly);
  // While the keeper speaks to all, time stands still until that is over; so it is given back then.
  return voice ? { ...assembly, voice: { ...voice, endsAt: voice.endsAt + by } } : later(assembly, by);
}

/** Time stood still for all rings while the keeper spoke to them. */
function fallenSilent(assembly: RunningAssembly, { at }: Of<"voice-ended">): Assembly {
  const voice = voiceNow(assembly);
  if (!voice) return assembly;
  const since = Math.max(voice.at, assembly.beganAt);
  return { ...later(assembly, Math.max(0, at - since)), voice: { ...voice, endedAt: at } };
}

function later(assembly: RunningAssembly, by: number): RunningAssembly {
  const closesAt = assembly.closesAt === null ? null : assembly.closesAt + by;
  return { ...assembly, beganAt: assembly.beganAt + by, endsAt: assembly.endsAt + by, closesAt };
}

function without({ asked }: RunningAssembly, who: ParticipantId) {
  return asked.filter((each) => each.who !== who);
}

function changedMember({ members }: RunningAssembly, who: ParticipantId, change: Partial<Member>): Member[] {
  return members.map((member) => (member.id === who ? { ...member, ...change } : member));
}

function inRingOf(assembly: RunningAssembly, who: ParticipantId, change: (ring: Ring) => Partial<Ring>): Assembly {
  const number = assembly.members.find(({ id }) => id === who)?.ring;
  return number === null || number === undefined ? assembly : inOne(assembly, number, change);
}

function inOne(assembly: RunningAssembly, number: RingNumber, change: (ring: Ring) => Partial<Ring>): RunningAssembly {
  const rings = assembly.rings.map((ring) => (ring.number === number ? { ...ring, ...change(ring) } : ring));
  return { ...assembly, rings };
}
