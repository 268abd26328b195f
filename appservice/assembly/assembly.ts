import {
  type AssemblyId,
  type Language,
  MeetingId,
  type ParticipantId,
  type RingNumber,
  type RoomId,
} from "../protocol/identity.ts";
import type { AssemblyPlan, PlannedPhase } from "./scenario.ts";

/** Somebody who takes part, or did. */
export type Member = {
  readonly id: ParticipantId;
  readonly name: string;
  readonly language: Language | null;
  /** In the call of their ring. */
  readonly here: boolean;
  readonly gone: boolean;
  /** Null: nobody is placed yet. */
  readonly ring: RingNumber | null;
  /** Has a turn in the ring; whoever has none listens there. */
  readonly seated: boolean;
  readonly spokenMs: number;
  /** Sits among the delegates for one turn. */
  readonly onChair: boolean;
  /** Ring in which the keeper listens, away from their own seat. */
  readonly visits: RingNumber | null;
};

export type RingStatus = "waiting" | "running" | "done" | "merged";

export type Ring = {
  readonly number: RingNumber;
  readonly status: RingStatus;
  readonly keeper: ParticipantId | null;
  /** Topic that its people chose; null: they have none, or its number is not known. */
  readonly topic: number | null;
  readonly theme: string | null;
  readonly asked: boolean;
  readonly ready: readonly ParticipantId[];
  readonly named: { readonly who: ParticipantId; readonly agreed: readonly ParticipantId[] } | null;
  readonly delegate: ParticipantId | null;
  readonly summary: GivenSummary;
  /** Meeting that it has in this phase; null: it is not gathered yet. */
  readonly meeting: MeetingId | null;
};

/** Consent of a ring to what its delegate takes along: who agreed, and whether it was given. */
export type GivenSummary = { readonly agreed: readonly ParticipantId[]; readonly given: boolean };

/** A ring as it was when its phase was over. */
export type PastRing = {
  readonly number: RingNumber;
  readonly people: readonly ParticipantId[];
  readonly keeper: ParticipantId | null;
  readonly delegate: ParticipantId | null;
  readonly meeting: MeetingId | null;
};

/** Meeting that a ring had in one phase, whether it is over or not. */
export type HeldRing = {
  readonly step: number;
  readonly number: RingNumber;
  readonly topic: number | null;
  readonly theme: string | null;
  readonly meeting: MeetingId;
  readonly delegate: ParticipantId | null;
  /** The ring gave its summary along. */
  readonly given: boolean;
};

/** Somebody who takes no part and listens in a ring. */
export type GalleryListener = { readonly id: ParticipantId; readonly name: string; readonly ring: RingNumber };

export type Wish = { readonly wish: "together" | "apart"; readonly people: readonly ParticipantId[] };

/** A wish, and whoever made it last. */
export type MadeWish = Wish & { readonly by: ParticipantId };

export type Topic = { readonly id: number; readonly text: string; readonly by: ParticipantId };

export type AskedMove = { readonly who: ParticipantId; readonly to: RingNumber };

export type NamedPerson = { readonly id: ParticipantId; readonly name: string };

/** Fields of an assembly in every state. */
export type AssemblyBase = {
  readonly id: AssemblyId;
  readonly roomId: RoomId;
  readonly version: number;
  /** Time of the newest event; it never runs back. */
  readonly at: number;
  readonly language: Language;
  readonly keeper: ParticipantId | null;
  readonly members: readonly Member[];
  /** People who did something in it and took no part then, such as a moderator who gave more time. */
  readonly actors: readonly NamedPerson[];
  readonly wishes: readonly MadeWish[];
  /** People whose words were erased, in order: once more whoever asked again. */
  readonly erased: readonly ParticipantId[];
};

/** Words of the keeper to all. */
export type Told = { readonly by: ParticipantId; readonly text: string; readonly at: number };

/** The keeper's voice to all rings. `endedAt`: it is over, and rings that stood still for it go on. */
export type KeeperVoice = {
  readonly by: ParticipantId;
  readonly at: number;
  readonly endsAt: number;
  readonly endedAt: number | null;
};

/** A ring that calls the keeper, and who did. */
export type KeeperCall = { readonly ring: RingNumber; readonly by: ParticipantId };

export type AssemblyCourse = {
  readonly plan: AssemblyPlan;
  /** Person who gave it its topic. */
  readonly startedBy: ParticipantId;
  readonly topic: string;
  readonly seed: number;
  readonly startedAt: number;
  readonly step: number;
  readonly rings: readonly Ring[];
  /** Rings of each phase of rings that is over, in order. */
  readonly past: readonly (readonly PastRing[])[];
  /** Meetings of all rings that were gathered, in order. */
  readonly held: readonly HeldRing[];
  readonly topics: readonly Topic[];
  readonly chosen: ReadonlyMap<ParticipantId, number>;
  readonly asked: readonly AskedMove[];
  /** Rings that call the keeper, until they come. */
  readonly calls: readonly KeeperCall[];
  readonly told: Told | null;
  /** The newest voice to all rings. */
  readonly voice: KeeperVoice | null;
  /** Those who only listen. */
  readonly gallery: readonly GalleryListener[];
};

export type RunningAssembly = AssemblyBase &
  AssemblyCourse & {
    readonly phase: "running";
    readonly beganAt: number;
    readonly endsAt: number;
    readonly marks: readonly number[];
    /** Set once the time has run out: rings have until then. */
    readonly closesAt: number | null;
  };

/** Many rings of one room, at once and one after another. */
export type Assembly =
  | (AssemblyBase & { readonly phase: "gathering" })
  | RunningAssembly
  | (AssemblyBase & Partial<AssemblyCourse> & { readonly phase: "ended"; readonly endedAt: number });

/**
 * Number by which an assembly is the meeting of whoever comes from outside: no meeting has it, whose numbers are
 * shorter.
 */
export function guestsIdOf({ id }: Pick<AssemblyBase, "id">): MeetingId {
  return MeetingId.parse(`m${id}`);
}

export function memberOf({ members }: AssemblyBase, who: ParticipantId): Member | null {
  return members.find(({ id, gone }) => id === who && !gone) ?? null;
}

/** Name by which an assembly knows somebody, whether they take part or not; null: it does not know them. */
export function nameIn({ members, actors }: Pick<AssemblyBase, "members" | "actors">, who: string): string | null {
  const found = members.find(({ id }) => id === who) ?? actors.find(({ id }) => id === who);
  return found?.name ?? null;
}

export function staying({ members }: AssemblyBase): Member[] {
  return members.filter(({ gone }) => !gone);
}

/**
 * Wishes that count: those of which two or more are still there, whoever of them left. `stay`: people who are there.
 */
export function heededWishes(assembly: AssemblyBase) {
  const here = new Set(staying(assembly).map(({ id }) => id));
  return assembly.wishes
    .map(({ wish, people }) => ({ wish, all: people, stay: people.filter((who) => here.has(who)) }))
    .filter(({ stay }) => stay.length > 1)
    .filter(({ wish, stay }, n, all) => !all.slice(n + 1).some((one) => one.wish === wish && isSame(one.stay, stay)));
}

/** Tells whether these are the same people, in whichever order. */
export function isSame(some: readonly ParticipantId[], others: readonly ParticipantId[]): boolean {
  return some.length === others.length && some.every((who) => others.includes(who));
}

export function inRing({ members }: AssemblyBase, ring: RingNumber): Member[] {
  return members.filter((member) => member.ring === ring && !member.gone);
}

/** Voice to all rings that is heard now. */
export function voiceNow({ voice }: Pick<AssemblyCourse, "voice">): KeeperVoice | null {
  return voice?.endedAt === null ? voice : null;
}

/** Ring in which somebody listens who takes no part; null: they are not in the gallery. */
export function listensIn(assembly: Assembly, who: ParticipantId): RingNumber | null {
  return assembly.phase === "running" ? (assembly.gallery.find(({ id }) => id === who)?.ring ?? null) : null;
}

/** Tells whether somebody takes part in an assembly that is not over, or listens in its gallery. */
export function isOfAssembly(assembly: Assembly | null, who: ParticipantId): boolean {
  if (!assembly || assembly.phase === "ended") return false;
  return memberOf(assembly, who) !== null || listensIn(assembly, who) !== null;
}

/** Ring in whose call somebody is to be: where they listen, or else where they sit. */
export function ringOfCall({ ring, visits }: Member): RingNumber | null {
  return visits ?? ring;
}

export function ringNumbered({ rings }: AssemblyCourse, number: RingNumber): Ring | null {
  return rings.find((ring) => ring.number === number) ?? null;
}

/** Rings in which people sit: those that went into another are none any more. */
export function standing({ rings }: AssemblyCourse): Ring[] {
  return rings.filter(({ status }) => status !== "merged");
}

export function phaseOf({ plan, step }: AssemblyCourse): PlannedPhase {
  const phase = plan.phases[step];
  if (!phase) throw new Error(`an assembly has no phase ${step}`);
  return phase;
}

/** Ring of the phase of rings before, from which somebody came among the delegates. */
export function cameFrom({ past }: AssemblyCourse, who: ParticipantId): PastRing | null {
  return past.at(-1)?.find(({ people }) => people.includes(who)) ?? null;
}
