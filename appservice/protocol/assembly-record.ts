import { z } from "zod";
import { AssemblyId, Instant, Language, MeetingId, ParticipantId, RingNumber } from "./identity.ts";
import type { MeetingRecord } from "./meeting-record.ts";
import type { MeetingSnapshot } from "./meeting-snapshot.ts";

/**
 * Place at which something was said: the meeting of a ring, its turn there, and the utterance or typed comment itself.
 */
export const SaidAt = z.object({
  meeting: MeetingId,
  utterance: z.string(),
  /** Null: a comment, which was typed. */
  turn: z.number().int().positive().nullable(),
});
export type SaidAt = z.infer<typeof SaidAt>;

/** A ring in one part of the assembly. */
export const RingOfPart = z.object({ part: z.number().int().positive(), ring: RingNumber });
export type RingOfPart = z.infer<typeof RingOfPart>;

/** A sentence of a ring, with what it rests on. */
export const RingSentence = z.object({
  text: z.string(),
  /** Person whose own words they are; null where they sum up several people. */
  speaker: z.string().nullable(),
  from: z.array(SaidAt).min(1),
});
export type RingSentence = z.infer<typeof RingSentence>;

/**
 * A task of a ring: its owner's name, the day it is due (`YYYY-MM-DD`), and its status as its meeting's record has it.
 */
const RingTask = RingSentence.extend({
  owner: z.string().nullable(),
  due: z.string().nullable(),
  status: z.string(),
});

/** Results of one ring of one part. */
export const RingResult = RingOfPart.extend({
  meeting: MeetingId,
  theme: z.string().nullable(),
  people: z.array(z.object({ id: ParticipantId, name: z.string() })),
  /** Name of whoever speaks for it among the delegates. */
  delegate: z.string().nullable(),
  /** The ring gave its summary along with them. */
  given: z.boolean(),
  /** Summary as the ring corrected it, or as far as it has come. */
  summary: z.array(RingSentence),
  /** Summary of each person who said much. */
  persons: z.array(z.object({ name: z.string(), sentences: z.array(RingSentence) })),
  decisions: z.array(RingSentence),
  tasks: z.array(RingTask),
  questions: z.array(RingSentence),
});
export type RingResult = z.infer<typeof RingResult>;

/** A ring's meeting and its record, and what the assembly knows of it. */
export type RingMaterial = Pick<RingResult, "part" | "ring" | "theme" | "delegate" | "given"> & {
  readonly meeting: MeetingSnapshot;
  readonly record: MeetingRecord;
};

/** Something that one ring said, or several apart from each other. */
export const Joined = RingSentence.extend({ rings: z.array(RingOfPart).min(1) });
export type Joined = z.infer<typeof Joined>;

const JoinedTask = RingTask.extend({ rings: z.array(RingOfPart).min(1) });
export type JoinedTask = z.infer<typeof JoinedTask>;

/** Kinds of parts in which people talk. */
export const TalkingKind = z.enum(["plenary", "rings", "delegates", "closing"]);
export type TalkingKind = z.infer<typeof TalkingKind>;

export const AssemblyPart = z.object({
  number: z.number().int().positive(),
  kind: TalkingKind,
  title: z.string(),
  rings: z.array(RingResult),
});
export type AssemblyPart = z.infer<typeof AssemblyPart>;

/** Facts of an assembly beside what was said in it. */
export const AssemblyFacts = z.object({
  id: AssemblyId,
  title: z.string(),
  topic: z.string(),
  language: Language,
  startedAt: Instant,
  /** Null while it runs. */
  endedAt: Instant.nullable(),
});
export type AssemblyFacts = z.infer<typeof AssemblyFacts>;

/** Record of a whole assembly: its parts with their rings, and what all of them came to. */
export const AssemblyRecord = AssemblyFacts.extend({
  parts: z.array(AssemblyPart),
  summary: z.array(Joined),
  decisions: z.array(Joined),
  tasks: z.array(JoinedTask),
  questions: z.array(Joined),
});
export type AssemblyRecord = z.infer<typeof AssemblyRecord>;

/** `GET /rooms/ROOM/assembly/record`: of the assembly that runs, or of the last one; null where there was none. */
export const AssemblyRecordResponse = z.object({ record: AssemblyRecord.nullable() });
export type AssemblyRecordResponse = z.infer<typeof AssemblyRecordResponse>;
