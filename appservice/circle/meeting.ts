import type { Language, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Presence } from "../protocol/meeting-snapshot.ts";
import type { HandKind } from "../protocol/scenario-words.ts";
import type { Agreement } from "./agreement.ts";
import type { Circle, EndedCircle, LastCircle } from "./circle.ts";
import type { Floor } from "./floor.ts";
import type { Quote } from "./quotes.ts";
import type { Plan, PlannedCircle } from "./scenario.ts";
import type { ScribeAbsence } from "./scribe-absence.ts";
import type { EndedTurn, Turn } from "./turn.ts";

export type Person = {
  readonly id: ParticipantId;
  readonly name: string;
  readonly presence: Presence;
  readonly spokenMs: number;
};

export type RaisedHand = { readonly who: ParticipantId; readonly hand: HandKind; readonly raisedAt: number };

/** Time at which the call was away, and until when. */
export type Outage = { readonly at: number; readonly until: number | null };

/** Fields of a meeting in every phase. */
type Gathered = {
  readonly id: MeetingId;
  readonly roomId: RoomId;
  readonly version: number;
  /** Time of the newest event; the clock of a meeting never runs back. */
  readonly at: number;
  readonly language: Language;
  readonly keeper: ParticipantId | null;
  readonly people: readonly Person[];
  /** Agreement to be written down; null: from before people were asked. */
  readonly agreement: Agreement | null;
  /** Turns that are over. */
  readonly ended: readonly EndedTurn[];
  readonly outages: readonly Outage[];
  readonly scribeAbsences: readonly ScribeAbsence[];
  /**
   * Set where the journal was lost and the meeting goes on from the room's state. `elsewhere`: circles of which the
   * record stands in the room alone; `over`: of the whole meeting, which was over by then.
   */
  readonly takenUp: { readonly at: number; readonly elsewhere: readonly number[]; readonly over: boolean } | null;
};

/** Fields of a meeting from its start on. */
export type MeetingStart = {
  readonly plan: Plan;
  readonly seed: number;
  readonly topic: string;
  /** Source of the topic, as `sourceOf` has it; null: there is none, or it is not known. */
  readonly topicFrom: string | null;
  /** Words of others than who began it that stand in topic and plan. */
  readonly quotes: readonly Quote[];
  readonly startedAt: number;
};

/** Circles that ran before the running or last one, and the turns of all. */
type Ran = { readonly pastCircles: readonly EndedCircle[]; readonly turnsOffered: number };

/** People come together. */
export type GatheringMeeting = Gathered & {
  readonly phase: "gathering";
  /** Order of speaking that somebody set for the first circle. */
  readonly nextOrder: readonly ParticipantId[] | null;
  /** Set between the start and the beginning of the first circle, which are of one decision. */
  readonly start: MeetingStart | null;
};

/** Fields of a meeting that runs: whoever has the word, and how time goes. */
type Goes = Gathered &
  MeetingStart &
  Ran & {
    readonly turn: Turn | null;
    readonly hands: readonly RaisedHand[];
    /** Time since which the meeting stands still. */
    readonly pausedAt: number | null;
    /** True while it stands still because the call is away, and goes on by itself. */
    readonly waitsForCall: boolean;
  };

export type MeetingInCircle = Goes & { readonly phase: "circle"; readonly circle: Circle };

/** Between two circles: hands are heard, and the next begins by itself or when the keeper says so. */
export type MeetingBetween = Goes & {
  readonly phase: "between";
  readonly circle: LastCircle;
  /** The planned circle that begins next, and when it does so by itself. */
  readonly nextStep: number | null;
  readonly nextCircleAt: number | null;
  /** Order of speaking and theme that the keeper set for the next circle. */
  readonly nextOrder: readonly ParticipantId[] | null;
  readonly nextTheme: { readonly theme: string; readonly from: string | null } | null;
};

export type EndedMeeting = Gathered &
  MeetingStart &
  Ran & { readonly phase: "ended"; readonly circle: LastCircle; readonly endedAt: number };

export type RunningMeeting = MeetingInCircle | MeetingBetween;
export type StartedMeeting = RunningMeeting | EndedMeeting;

/** State of one meeting: the fold of its events. Each phase has what there is in it, and no more. */
export type Meeting = GatheringMeeting | StartedMeeting;

/** A copy of a meeting that nothing else holds yet, so that an event can be written into it. */
export type Fresh<M extends Meeting = Meeting> = M extends unknown ? { -readonly [Field in keyof M]: M[Field] } : never;

export function isRunning<M extends Meeting>(meeting: M): meeting is Extract<M, { phase: "circle" | "between" }>;
export function isRunning(meeting: Meeting): boolean {
  return meeting.phase === "circle" || meeting.phase === "between";
}

/** A meeting for those who ask without knowing its phase, or whether there is one. */
export type Perhaps = Meeting | null | undefined;

/** The running circle, or the last one that ran; null before the first. */
export function circleOf(meeting: Perhaps): Circle | LastCircle | null {
  return !meeting || meeting.phase === "gathering" ? null : meeting.circle;
}

/** The running circle; null in every other phase. */
export function runningCircle(meeting: Perhaps): Circle | null {
  return meeting?.phase === "circle" ? meeting.circle : null;
}

/** The present turn, offered or taken; null where nobody has the word. */
export function turnOf(meeting: Perhaps): Turn | null {
  return meeting && isRunning(meeting) ? meeting.turn : null;
}

export function handsOf(meeting: Perhaps): readonly RaisedHand[] {
  return meeting && isRunning(meeting) ? meeting.hands : [];
}

/** Time since which a meeting stands still; null where it does not. */
export function pausedSince(meeting: Perhaps): number | null {
  return meeting && isRunning(meeting) ? meeting.pausedAt : null;
}

/** Plan, topic and time with which the meeting began; null while people gather. */
export function startOf(meeting: Perhaps): MeetingStart | null {
  if (!meeting) return null;
  return meeting.phase === "gathering" ? meeting.start : meeting;
}

/** Time at which it was over; null where it is not. */
export function endOf(meeting: Perhaps): number | null {
  return meeting?.phase === "ended" ? meeting.endedAt : null;
}

/** Times of its start and end; null: not yet. */
export function spanOf(meeting: Meeting): { readonly startedAt: number | null; readonly endedAt: number | null } {
  return { startedAt: startOf(meeting)?.startedAt ?? null, endedAt: endOf(meeting) };
}

/** Order of speaking that was set for the next circle; null where the scenario rules. */
export function orderOfNext(meeting: Meeting): readonly ParticipantId[] | null {
  return meeting.phase === "gathering" || meeting.phase === "between" ? meeting.nextOrder : null;
}

/** Circles that ran, the running or last one included. */
export function circlesThatRan(meeting: Meeting): EndedCircle[] {
  return meeting.phase === "gathering" ? [] : [...meeting.pastCircles, meeting.circle];
}

/** True once nothing can be said or taken back in it any more. */
export function isOver(meeting: Meeting, index: number): boolean {
  return meeting.phase !== "circle" || index < meeting.circle.index;
}

export function personOf(meeting: Pick<Meeting, "people">, id: ParticipantId): Person | undefined {
  return meeting.people.find((person) => person.id === id);
}

export function takesPart(meeting: Pick<Meeting, "people">, id: ParticipantId): boolean {
  const person = personOf(meeting, id);
  return person !== undefined && person.presence !== "left";
}

export function isPresent({ presence }: Person): boolean {
  return presence === "call" || presence === "room";
}

/** People who would sit in a circle that begins now, in order of joining. */
export function present(meeting: Pick<Meeting, "people">): ParticipantId[] {
  return meeting.people.filter(isPresent).map(({ id }) => id);
}

/** The plan of the running circle, or of the last one. */
export function planOfCircle(meeting: Meeting): PlannedCircle | null {
  return meeting.phase === "gathering" ? null : (meeting.plan.circles[meeting.circle.step] ?? null);
}

/** Theme of a circle: as the plan has it, or as the keeper changed it. */
export function themeOf(meeting: Meeting, { step, theme }: Pick<EndedCircle, "step" | "theme">): string {
  return theme ?? startOf(meeting)?.plan.circles[step]?.theme ?? "";
}

/** Milliseconds that each person has who speaks from now on. */
export function limitOf(meeting: Meeting): number {
  return (planOfCircle(meeting)?.limitMs ?? 0) + (circleOf(meeting)?.moreMs ?? 0);
}

/**
 * Floor of a meeting: whose microphone is open. Between turns and in a pause nobody's is; before and after the meeting
 * everybody may.
 */
export function floorOf(meeting: Meeting | null): Floor {
  if (!meeting || !isRunning(meeting)) return { mode: "open" };
  if (meeting.pausedAt !== null || meeting.turn?.status !== "speaking") return { mode: "closed" };
  return { mode: "speaker", speaker: meeting.turn.speaker };
}
