import type { Language, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Presence } from "../protocol/meeting-snapshot.ts";
import type { HandKind } from "../protocol/scenario-words.ts";
import type { Agreement } from "./agreement.ts";
import type { Floor } from "./floor.ts";
import type { CircleKind, CircleStage, DataOf } from "./kinds/words.ts";
import type { Plan, PlannedCircle } from "./scenario.ts";
import type { TimeMark } from "./time-mark.ts";
import type { TurnEnd } from "./turn-end.ts";

export type Person = {
  readonly id: ParticipantId;
  readonly name: string;
  readonly presence: Presence;
  readonly spokenMs: number;
};

export type KeptTurn = { readonly who: ParticipantId; readonly limitMs: number };
export type Hand = { readonly who: ParticipantId; readonly hand: HandKind; readonly raisedAt: number };

/** Data that each kind of circle keeps of its own. */
type Own = { readonly [K in CircleKind]: { readonly kind: K; readonly data: DataOf<K> } };

/** The running circle, or the last one that ran. */
export type Circle<K extends CircleKind = CircleKind> = Seats & Own[K];

type Seats = {
  /** Counts the circles that ran in this meeting. */
  readonly index: number;
  /** The planned circle. */
  readonly step: number;
  /** Number of times that the planned circle has run, this one included. */
  readonly round: number;
  /** Stage of the circle. `round`: the word goes round. The kinds say what the others are. */
  readonly stage: CircleStage;
  readonly ring: readonly ParticipantId[];
  /** People who have not been offered the word yet, in order. */
  readonly waiting: readonly ParticipantId[];
  /** Turns kept for the end, in order. */
  readonly kept: readonly KeptTurn[];
  readonly done: readonly ParticipantId[];
  readonly startedAt: number;
  /** Time at which writing, the open floor, or the circle as a whole ends. */
  readonly endsAt: number | null;
  /** Milliseconds that the keeper added to each turn that was still to come. */
  readonly moreMs: number;
} & Steered;

/** Changes by the keeper in a circle; left out where there are none. */
export type Steered = {
  /** Theme instead of the plan's. */
  readonly theme?: string;
  /** The message in which it was typed. */
  readonly themeFrom?: string;
  readonly takenOut?: readonly ParticipantId[];
  readonly cutShort?: { readonly by: ParticipantId; readonly unheard: readonly ParticipantId[] };
};

export type Turn = {
  readonly id: number;
  readonly speaker: ParticipantId;
  readonly kept: boolean;
  readonly hand: HandKind | null;
  readonly status: "offered" | "speaking";
  readonly limitMs: number;
  readonly spentMs: number;
  /** Null while the clock stands: before the word is taken, in a pause, or when the speaker dropped out. */
  readonly runningSince: number | null;
  readonly startedAt: number | null;
  readonly offeredAt: number;
  readonly marks: readonly TimeMark[];
  readonly lapsesAt: number | null;
  /** People who asked for more time: listeners for the speaker, or the speaker. */
  readonly extensionAsked: readonly ParticipantId[];
  /** People who gave more time by their right to; left out where nobody did. */
  readonly moreTimeBy?: readonly ParticipantId[];
  /** True where some or all of it was spoken by somebody whose words were not to be written down. */
  readonly unwritten?: true;
};

export type EndedTurn = {
  readonly id: number;
  readonly circle: number;
  readonly speaker: ParticipantId;
  readonly hand: HandKind | null;
  readonly startedAt: number | null;
  readonly endedAt: number;
  readonly spentMs: number;
  readonly reason: TurnEnd;
  /**
   * Person who passed the word on for the speaker; left out where they did so themselves, where time did, or where it
   * is not known.
   */
  readonly passedBy?: ParticipantId;
  readonly moreTimeBy?: readonly ParticipantId[];
  /** Passed on by a spoken command. */
  readonly spoken?: true;
  readonly unwritten?: true;
};

/** A circle that is over, with what it decided. */
export type EndedCircle<K extends CircleKind = CircleKind> = {
  readonly index: number;
  readonly step: number;
  readonly round: number;
  readonly ring: readonly ParticipantId[];
} & Steered &
  Own[K];

/** State of one meeting: the fold of its events. */
export type Meeting = {
  readonly id: MeetingId;
  readonly roomId: RoomId;
  readonly version: number;
  /** Time of the newest event; the clock of a meeting never runs back. */
  readonly at: number;
  readonly phase: "gathering" | "circle" | "between" | "ended";
  /** Time since which the meeting stands still. */
  readonly pausedAt: number | null;
  /** True while it stands still because the call is away, and goes on by itself. */
  readonly waitsForCall: boolean;
  /** Times at which the call was away, and until when. */
  readonly outages: readonly { readonly at: number; readonly until: number | null }[];
  readonly language: Language;
  readonly keeper: ParticipantId | null;
  readonly plan: Plan | null;
  readonly seed: number;
  readonly topic: string;
  readonly people: readonly Person[];
  readonly circle: Circle | null;
  readonly pastCircles: readonly EndedCircle[];
  readonly turn: Turn | null;
  readonly ended: readonly EndedTurn[];
  /** Agreement to be written down; null: from before people were asked. */
  readonly agreement: Agreement | null;
  readonly hands: readonly Hand[];
  readonly turnsOffered: number;
  /** The planned circle that begins next, and when it does so by itself. */
  readonly nextStep: number | null;
  readonly nextCircleAt: number | null;
  /** Order of speaking and theme that the keeper set for the next circle. */
  readonly nextOrder: readonly ParticipantId[] | null;
  readonly nextTheme: string | null;
  /** Messages in which it, and the meeting's topic, were typed. */
  readonly nextThemeFrom?: string;
  readonly topicFrom?: string;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /**
   * Set where the journal was lost and the meeting goes on from the room's state. `elsewhere`: circles of which the record
   * stands in the room alone; `over`: of the whole meeting, which was over by then.
   */
  readonly takenUp: { readonly at: number; readonly elsewhere: readonly number[]; readonly over: boolean } | null;
};

/** Data that a circle keeps of its own, by its kind. */
export type KindData = Own[CircleKind];

export function personOf(meeting: Meeting, id: ParticipantId): Person | undefined {
  return meeting.people.find((person) => person.id === id);
}

export function takesPart(meeting: Meeting, id: ParticipantId): boolean {
  const person = personOf(meeting, id);
  return person !== undefined && person.presence !== "left";
}

/** People who would sit in a circle that begins now, in order of joining. */
export function present(meeting: Meeting): ParticipantId[] {
  return meeting.people.filter(({ presence }) => presence === "call" || presence === "room").map(({ id }) => id);
}

/** The next in order: first all who have not spoken, then those who keep a turn. */
export function nextInCircle(circle: Circle): { who: ParticipantId; limitMs: number | null } | null {
  const waiting = circle.waiting[0];
  if (waiting !== undefined) return { who: waiting, limitMs: null };
  const kept = circle.kept[0];
  return kept ? { who: kept.who, limitMs: kept.limitMs } : null;
}

/** The plan of the running circle, or of the last one. */
export function planOfCircle({ plan, circle }: Meeting): PlannedCircle | null {
  return (circle && plan?.circles[circle.step]) ?? null;
}

/** Theme of a circle: as the plan has it, or as the keeper changed it. */
export function themeOf({ plan }: Pick<Meeting, "plan">, { step, theme }: Pick<EndedCircle, "step" | "theme">): string {
  return theme ?? plan?.circles[step]?.theme ?? "";
}

/** Milliseconds that each person has who speaks from now on. */
export function limitOf(meeting: Meeting): number {
  return (planOfCircle(meeting)?.limitMs ?? 0) + (meeting.circle?.moreMs ?? 0);
}

/** Time used by a turn up to `at`. */
export function spentBy(turn: Turn, at: number): number {
  return turn.spentMs + (turn.runningSince === null ? 0 : Math.max(0, at - turn.runningSince));
}

/** Time used at which a mark is due. */
export function markAt(mark: Turn["marks"][number], limitMs: number): number {
  switch (mark) {
    case "80-percent":
      return limitMs * 0.8;
    case "last-10-seconds":
      return Math.max(0, limitMs - 10_000);
    case "limit":
      return limitMs;
  }
}

/** Listeners who would give the speaker more time. */
export function votesForMore({ extensionAsked, speaker }: Turn): readonly ParticipantId[] {
  return extensionAsked.filter((id) => id !== speaker);
}

/**
 * Floor of a meeting: whose microphone is open. Between turns and in a pause nobody's is; before and after the meeting
 * everybody may.
 */
export function floorOf(meeting: Meeting | null): Floor {
  if (!meeting || meeting.phase === "gathering" || meeting.phase === "ended") return { mode: "open" };
  if (meeting.pausedAt !== null || meeting.turn?.status !== "speaking") return { mode: "closed" };
  return { mode: "speaker", speaker: meeting.turn.speaker };
}

/** Circles that ran, the running or last one included. */
export function circlesThatRan({ pastCircles, circle }: Meeting): EndedCircle[] {
  return [...pastCircles, ...(circle ? [circle] : [])];
}

/** True once nothing can be said or taken back in it any more. */
export function isOver({ phase, circle }: Meeting, index: number): boolean {
  return index < (circle?.index ?? 0) || phase !== "circle";
}
