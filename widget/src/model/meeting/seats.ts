import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { HandKind } from "@mindminder/protocol/scenario-words.ts";
import type { MeetingSnapshot, PersonSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";

export const SEAT_STATES = ["speaking", "offered", "held", "next", "done", "returns", "waiting", "here"] as const;
export type SeatState = (typeof SEAT_STATES)[number];

export type RingSeat = {
  readonly person: PersonSnapshot;
  readonly state: SeatState;
  /** A raised hand: why, and its place in the queue from 1. */
  readonly hand: { readonly kind: HandKind; readonly place: number } | null;
};

/** People in the call now, and the person who looks at the page. */
type InCall = {
  readonly inCall: readonly ParticipantId[];
  readonly me: { readonly id: ParticipantId; readonly name: string } | null;
};
const NOBODY: InCall = { inCall: [], me: null };

/**
 * Seats of the ring: first its people in their order of speaking, then those without a place in it. Somebody named by
 * the ring and missing among the people still gets a seat: a hole would be a lie about whose turn comes.
 * Without a meeting, and after it, those sit here who are in the call now.
 */
export function seatsOf(meeting: MeetingSnapshot | null, call: InCall = NOBODY): RingSeat[] {
  if (meeting === null || (meeting.phase === "ended" && call.inCall.length > 0))
    return call.inCall.map((id) => inTheCall(meeting, call, id));
  const people = new Map(meeting.people.map((person) => [person.id, person]));
  const inRing = meeting.phase === "circle" ? [...new Set(meeting.ring)] : [];
  const others = meeting.people.filter(({ id, presence }) => presence !== "left" && !inRing.includes(id));
  return [
    ...inRing.map((id) => people.get(id) ?? stranger(id)).filter((person) => isSeated(meeting, person)),
    ...others,
  ].map((person) => ({ person, state: seatState(meeting, person.id), hand: handOf(meeting, person.id) }));
}

function inTheCall(meeting: MeetingSnapshot | null, { me }: InCall, id: ParticipantId): RingSeat {
  const known = meeting?.people.find((person) => person.id === id);
  const name = known?.name ?? (me?.id === id ? me.name : id.replace(/^@([^:]+):.*$/, "$1"));
  return { person: { id, name, presence: "call", spokenMs: known?.spokenMs ?? 0 }, state: "here", hand: null };
}

function handOf({ hands }: MeetingSnapshot, id: ParticipantId): RingSeat["hand"] {
  const place = hands.findIndex(({ who }) => who === id);
  const hand = hands[place];
  return hand ? { kind: hand.hand, place: place + 1 } : null;
}

export function seatState(meeting: MeetingSnapshot, id: ParticipantId): SeatState {
  if (meeting.phase !== "circle") return meeting.phase === "between" && meeting.next === id ? "next" : "here";
  if (meeting.turn?.speaker === id) return meeting.turn.status;
  if (meeting.next === id) return "next";
  if (meeting.returns.includes(id)) return "returns";
  if (meeting.done.includes(id)) return "done";
  return meeting.ring.includes(id) ? "waiting" : "here";
}

/** Name of somebody in the meeting. `otherwise`: their name where they are not in it, or not any more. */
export function nameOf(meeting: MeetingSnapshot | null, id: ParticipantId, otherwise: string | null = null): string {
  return plainName(meeting?.people.find((person) => person.id === id)?.name ?? otherwise ?? id);
}

/** Names are other people's text: no marks that turn a line's direction, no line breaks, no end without end. */
export function plainName(name: string): string {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain || "?";
}

/** Seats everybody but those who left for good; of these only the speaker of the running turn keeps the seat. */
function isSeated(meeting: MeetingSnapshot, { id, presence }: PersonSnapshot): boolean {
  return presence !== "left" || meeting.turn?.speaker === id;
}

function stranger(id: ParticipantId): PersonSnapshot {
  return { id, name: id, presence: "room", spokenMs: 0 };
}
