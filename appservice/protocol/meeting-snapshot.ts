import { z } from "zod";
import { Instant, Language, MeetingId, ParticipantId, RoomId } from "./identity.ts";

export const CircleKind = z.enum(["check-in", "statement", "check-out"]);
export type CircleKind = z.infer<typeof CircleKind>;

/**
 * `call`: connected to the call. `room`: joined by chat, never in the call. `away`: was in the call and
 * dropped out. `left`: went for good; still listed, since the record names them.
 */
export const Presence = z.enum(["call", "room", "away", "left"]);
export type Presence = z.infer<typeof Presence>;

export const PersonSnapshot = z.object({
  id: ParticipantId,
  name: z.string(),
  presence: Presence,
  /** Time with the word so far in this meeting, in milliseconds; the running turn is not in it. */
  spokenMs: z.number().nonnegative(),
});
export type PersonSnapshot = z.infer<typeof PersonSnapshot>;

export const CircleSnapshot = z.object({
  index: z.number().int().nonnegative(),
  kind: CircleKind,
  theme: z.string(),
  secondsPerTurn: z.number().positive(),
  status: z.enum(["waiting", "running", "done"]),
});
export type CircleSnapshot = z.infer<typeof CircleSnapshot>;

export const TurnSnapshot = z.object({
  /** Counts from 1 through the whole meeting. */
  id: z.number().int().positive(),
  speaker: ParticipantId,
  /** `offered`: the word waits to be taken. `speaking`: the clock runs. `held`: the clock stands (pause, or the speaker dropped out). */
  status: z.enum(["offered", "speaking", "held"]),
  limitMs: z.number().positive(),
  /** Time already used before `runningSince`. */
  spentMs: z.number().nonnegative(),
  runningSince: Instant.nullable(),
  /** When the limit is reached, if the clock keeps running. Past it a grace runs until `graceEndsAt`. */
  endsAt: Instant.nullable(),
  graceEndsAt: Instant.nullable(),
  /** When an offer lapses, or a speaker who dropped out loses the word. */
  lapsesAt: Instant.nullable(),
});
export type TurnSnapshot = z.infer<typeof TurnSnapshot>;

/**
 * The whole meeting as anybody may see it: content of the room state event, answer of the HTTP API and part of the
 * call's metadata. A client can draw the meeting from one of these alone.
 */
export const MeetingSnapshot = z.object({
  format: z.literal(1),
  id: MeetingId,
  roomId: RoomId,
  /** Grows with every change; commands name the version they were decided on. */
  version: z.number().int().nonnegative(),
  /** Server time at which this snapshot was taken. */
  at: Instant,
  phase: z.enum(["gathering", "circle", "between", "ended"]),
  paused: z.boolean(),
  scenario: z.object({ id: z.string(), title: z.string() }),
  topic: z.string(),
  language: Language,
  keeper: ParticipantId.nullable(),
  people: z.array(PersonSnapshot),
  circles: z.array(CircleSnapshot),
  /** Index of the running circle, or of the last one that ran. */
  circle: z.number().int().nonnegative().nullable(),
  /** Order of speaking in that circle. */
  ring: z.array(ParticipantId),
  /** Who has finished their turn in that circle. */
  done: z.array(ParticipantId),
  /** Who keeps a turn at the end of that circle. */
  returns: z.array(ParticipantId),
  turn: TurnSnapshot.nullable(),
  /** Who gets the word after the present turn. */
  next: ParticipantId.nullable(),
  /** When the next circle begins by itself. */
  nextCircleAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});
export type MeetingSnapshot = z.infer<typeof MeetingSnapshot>;
