import type { Language, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Presence } from "../protocol/meeting-snapshot.ts";
import type { Mark, TurnEnd } from "./event.ts";
import type { Floor } from "./floor.ts";
import type { Plan } from "./scenario.ts";

export type Person = { readonly id: ParticipantId; readonly name: string; readonly presence: Presence; readonly spokenMs: number };

export type KeptTurn = { readonly who: ParticipantId; readonly limitMs: number };

/** The running circle, or the last one that ran. */
export type Circle = {
  readonly index: number;
  readonly ring: readonly ParticipantId[];
  /** Who has not been offered the word yet, in order. */
  readonly waiting: readonly ParticipantId[];
  /** Who keeps a turn at the end, in order. */
  readonly kept: readonly KeptTurn[];
  readonly done: readonly ParticipantId[];
};

export type Turn = {
  readonly id: number;
  readonly speaker: ParticipantId;
  readonly kept: boolean;
  readonly status: "offered" | "speaking";
  readonly limitMs: number;
  readonly spentMs: number;
  /** Null while the clock stands: before the word is taken, in a pause, or when the speaker dropped out. */
  readonly runningSince: number | null;
  readonly startedAt: number | null;
  readonly offeredAt: number;
  readonly marks: readonly Mark[];
  readonly lapsesAt: number | null;
};

export type EndedTurn = {
  readonly id: number;
  readonly circle: number;
  readonly speaker: ParticipantId;
  readonly startedAt: number | null;
  readonly endedAt: number;
  readonly spentMs: number;
  readonly reason: TurnEnd;
};

/** State of one meeting: the fold of its circle events. */
export type Meeting = {
  readonly id: MeetingId;
  readonly roomId: RoomId;
  readonly version: number;
  /** Time of the newest event; the clock of a meeting never runs back. */
  readonly at: number;
  readonly phase: "gathering" | "circle" | "between" | "ended";
  readonly paused: boolean;
  readonly language: Language;
  readonly keeper: ParticipantId | null;
  readonly plan: Plan | null;
  readonly topic: string;
  readonly people: readonly Person[];
  readonly circle: Circle | null;
  readonly turn: Turn | null;
  readonly ended: readonly EndedTurn[];
  readonly turnsOffered: number;
  readonly nextCircleAt: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
};

export function personOf(meeting: Meeting, id: ParticipantId): Person | undefined {
  return meeting.people.find((person) => person.id === id);
}

export function takesPart(meeting: Meeting, id: ParticipantId): boolean {
  const person = personOf(meeting, id);
  return person !== undefined && person.presence !== "left";
}

/** Who would sit in a circle that begins now. */
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

export function limitOf(meeting: Meeting, circle: number): number {
  return meeting.plan?.circles[circle]?.limitMs ?? 0;
}

/** Time used by a turn up to `at`. */
export function spentBy(turn: Turn, at: number): number {
  return turn.spentMs + (turn.runningSince === null ? 0 : Math.max(0, at - turn.runningSince));
}

/** Whose microphone is open. Between turns and in a pause nobody's is; before and after the meeting everybody may. */
export function floorOf(meeting: Meeting | null): Floor {
  if (!meeting || meeting.phase === "gathering" || meeting.phase === "ended") return { mode: "open" };
  if (meeting.paused || meeting.turn?.status !== "speaking") return { mode: "closed" };
  return { mode: "speaker", speaker: meeting.turn.speaker };
}
