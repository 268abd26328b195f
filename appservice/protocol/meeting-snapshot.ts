import { z } from "zod";
import { Shown } from "./agreement.ts";
import { CircleKind, CircleStage, KIND_FIELDS } from "../circle/kinds/words.ts";
import { HandKind } from "./scenario-words.ts";
import { InEachLanguage, Instant, Language, MeetingId, ParticipantId, RoomId } from "./identity.ts";

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
  /** Answer whether their words may be written down; left out while they have not said. */
  agreed: z.boolean().optional(),
});
export type PersonSnapshot = z.infer<typeof PersonSnapshot>;

export const CircleSnapshot = z.object({
  index: z.number().int().nonnegative(),
  kind: CircleKind,
  /** Theme in the meeting's language, or as the keeper worded it on the way. */
  theme: z.string(),
  /**
   * The same in each language, for whoever reads; left out where the scenario has one text for all, or the keeper
   * changed it.
   */
  themes: InEachLanguage.optional(),
  secondsPerTurn: z.number().positive(),
  status: z.enum(["waiting", "running", "done"]),
  /**
   * Number of times that this planned circle has run by then: more than 1 where a scenario goes back because somebody
   * objected.
   */
  round: z.number().int().positive(),
  /** Speakers of the circle; left out where everybody has a turn. */
  speakers: z.literal("keeper").optional(),
  /** The plugins that make its minutes, where the scenario names them; left out: those of the configuration. */
  plugins: z.array(z.string()).optional(),
  ...KIND_FIELDS,
});
export type CircleSnapshot = z.infer<typeof CircleSnapshot>;

export const TurnSnapshot = z.object({
  /** Counts from 1 through the whole meeting. */
  id: z.number().int().positive(),
  speaker: ParticipantId,
  /**
   * `offered`: the word waits to be taken. `speaking`: the clock runs. `held`: the clock stands (pause, or the speaker
   * dropped out).
   */
  status: z.enum(["offered", "speaking", "held"]),
  limitMs: z.number().positive(),
  /** Reason why a hand was raised, where this is the turn somebody got by one. */
  hand: HandKind.nullable(),
  /** The speaker has asked for more time, and nobody has given it yet; left out where not. */
  wantsMore: z.literal(true).optional(),
  /** Listeners who have asked for more time (`asked`), and how many it takes; null where the ring has no say in it. */
  extension: z.object({ asked: z.array(ParticipantId), needed: z.number().int().positive() }).nullable(),
  /** Time already used before `runningSince`. */
  spentMs: z.number().nonnegative(),
  runningSince: Instant.nullable(),
  /**
   * Time at which the limit is reached, if the clock keeps running. Past it a grace runs until `graceEndsAt`; null
   * where nobody is cut off.
   */
  endsAt: Instant.nullable(),
  graceEndsAt: Instant.nullable(),
  /** Time at which an offer lapses, or a speaker who dropped out loses the word. */
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
  /** True while it stands still because the call is away, and goes on by itself. */
  waitsForCall: z.literal(true).optional(),
  scenario: z.object({ id: z.string(), title: z.string(), titles: InEachLanguage.optional() }),
  topic: z.string(),
  language: Language,
  keeper: ParticipantId.nullable(),
  /**
   * Items that people are shown before they say whether their words may be written down; left out where nobody is
   * asked.
   */
  asks: Shown.optional(),
  /** Person who sent the scribe away: nothing that is said is written down; left out while it is there. */
  scribeAway: z.object({ by: ParticipantId }).optional(),
  people: z.array(PersonSnapshot),
  circles: z.array(CircleSnapshot),
  /** Index of the running circle, or of the last one that ran. */
  circle: z.number().int().nonnegative().nullable(),
  /**
   * `round`: the word goes round. `floor`: hands rule. `writing`: everybody writes, nobody is heard. Other stages are
   * of one kind of circle each.
   */
  stage: CircleStage.nullable(),
  /** Time at which writing, the open floor, or the circle as a whole ends. */
  stageEndsAt: Instant.nullable(),
  /** Time at which the stage began, where it has an end. */
  stageBeganAt: Instant.optional(),
  /** People who have done what the stage asks of everybody: finished writing. */
  wrote: z.array(ParticipantId),
  /** Order of speaking in that circle. */
  ring: z.array(ParticipantId),
  /** Order of speaking that the keeper set for the next circle; left out where the scenario rules. */
  order: z.array(ParticipantId).optional(),
  /** People who have finished their turn in that circle. */
  done: z.array(ParticipantId),
  /** People who keep a turn at the end of that circle. */
  returns: z.array(ParticipantId),
  turn: TurnSnapshot.nullable(),
  /** Person who gets the word after the present turn. */
  next: ParticipantId.nullable(),
  /** Hands that are up, in the order in which they get the word. */
  hands: z.array(z.object({ who: ParticipantId, hand: HandKind })),
  /**
   * Unevenness of the time shared so far, in percent: 0 when all had the same, towards 100 when one had all (Gini);
   * null before anybody spoke. A whole number: events of a room hold no fractions (Matrix "Canonical JSON").
   */
  unevenness: z.number().int().min(0).max(100).nullable(),
  /** Rules on giving more time, and on letting a turn be skipped, in the running circle. */
  rules: z.object({ extension: z.enum(["keeper", "ring", "nobody"]), skip: z.enum(["self", "keeper", "anyone"]) }),
  /** Time at which the next circle begins by itself. */
  nextCircleAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});
export type MeetingSnapshot = z.infer<typeof MeetingSnapshot>;
