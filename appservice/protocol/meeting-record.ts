import { z } from "zod";
import { SetName } from "./chosen-set.ts";
import { CorrectionMade, DecisionStatus, QuestionStatus, TaskStatus } from "./correction.ts";
import { Instant, ParticipantId } from "./identity.ts";
import { SameThing } from "./meeting-graph.ts";
import { SaidPlaces } from "./said-places.ts";
import { SpokenCommand } from "./spoken-command.ts";

/** A piece of an utterance of one kind: words said to the circle, words said to the facilitator, or typed ones. */
export const Segment = z.object({
  kind: z.enum(["speech", "command", "comment"]),
  text: z.string(),
  /** Time at which it was said; for a command. */
  startedAt: Instant.optional(),
  endedAt: Instant.optional(),
  /** Request of a command. */
  command: SpokenCommand.optional(),
});
export type Segment = z.infer<typeof Segment>;

/** Speech in a turn between two pauses. */
export const Utterance = z.object({
  /** `TURN.PIECE`, unique in the meeting. */
  id: z.string(),
  turn: z.number().int().positive(),
  circle: z.number().int().nonnegative(),
  speaker: ParticipantId,
  startedAt: Instant,
  endedAt: Instant,
  /** ISO 639-1 as found or told; null when the engine does not say. */
  language: z.string().nullable(),
  text: z.string(),
  /** Times of places in `text`; left out where the engine told none. */
  places: SaidPlaces.optional(),
  segments: z.array(Segment),
  engine: z.object({ id: z.string(), model: z.string() }),
});
export type Utterance = z.infer<typeof Utterance>;

/** Something typed in the room while a circle ran. Its id is that of the message. */
export const Comment = z.object({
  id: z.string().max(255),
  circle: z.number().int().nonnegative(),
  /** The turn that ran then. */
  turn: z.number().int().positive().nullable(),
  who: ParticipantId,
  /** People who type need not sit in the circle, so the name stands here. */
  name: z.string(),
  at: Instant,
  text: z.string().max(2_000),
});
export type Comment = z.infer<typeof Comment>;

/** Subject of a result of the minutes. */
export const About = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("turn"),
    circle: z.number().int().nonnegative(),
    turn: z.number().int().positive(),
    participant: ParticipantId,
  }),
  /** A participant in one circle. */
  z.object({ kind: z.literal("participant"), circle: z.number().int().nonnegative(), participant: ParticipantId }),
  /** A participant over the whole meeting. */
  z.object({ kind: z.literal("person"), participant: ParticipantId }),
  z.object({ kind: z.literal("circle"), circle: z.number().int().nonnegative() }),
  z.object({ kind: z.literal("meeting") }),
]);
export type About = z.infer<typeof About>;

/** A sentence of the minutes with the utterances it rests on. */
export const GroundedSentence = z.object({
  text: z.string(),
  from: z.array(z.string()).min(1),
  /** Heading it stands below, where the room wants headings. */
  section: z.string().optional(),
});
export type GroundedSentence = z.infer<typeof GroundedSentence>;

export const Task = z.object({
  id: z.string(),
  title: z.string(),
  owner: ParticipantId.nullable(),
  /** Calendar date, `YYYY-MM-DD`. */
  due: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable(),
  from: z.array(z.string()).min(1),
  status: TaskStatus,
});
export type Task = z.infer<typeof Task>;

/**
 * `confirmedBy`: who called it out as one, or confirmed it since; null while it is a suggestion. `from`: utterances, or
 * a typed comment.
 */
const found = {
  id: z.string(),
  text: z.string(),
  from: z.array(z.string()).min(1),
  confirmedBy: ParticipantId.nullable(),
};

export const Decision = z.object({ ...found, status: DecisionStatus });
export type Decision = z.infer<typeof Decision>;

/**
 * A question that was asked and, while it is `suggested` or `open`, not answered. `answeredIn`: the utterances that
 * answer it.
 */
export const Question = z.object({ ...found, status: QuestionStatus, answeredIn: z.array(z.string()) });
export type Question = z.infer<typeof Question>;

/** The forms a plugin's result may take. The room, the widget and the exports know these, never a plugin by name. */
export const MinutesResult = z.discriminatedUnion("form", [
  z.object({ form: z.literal("summary"), sentences: z.array(GroundedSentence) }),
  z.object({ form: z.literal("tasks"), tasks: z.array(Task) }),
  z.object({ form: z.literal("decisions"), decisions: z.array(Decision) }),
  z.object({ form: z.literal("questions"), questions: z.array(Question) }),
  z.object({ form: z.literal("note"), title: z.string(), text: z.string() }),
  /**
   * Sameness that a model finds for the meeting's graph. The rest of it follows from the record as it is at any time.
   */
  z.object({ form: z.literal("graph"), same: z.array(SameThing) }),
]);
export type MinutesResult = z.infer<typeof MinutesResult>;

/** Maker of a result: enough to say it to people, and to compare plugins, models and prompts later. */
export const MadeBy = z.object({
  plugin: z.string(),
  version: z.string(),
  /**
   * `highlights`: sentences chosen from what was said. `rules`: found by patterns. `llm`: written by a language model.
   */
  method: z.enum(["highlights", "rules", "llm"]),
  model: z.string().nullable(),
  prompt: z.string().nullable(),
  /** Reason for which the configured language model had no part in it. */
  withoutModel: z.literal("tokens-spent").optional(),
  /** Set of plugins and models that served the meeting; left out: the configuration as it is. */
  set: SetName.optional(),
  at: Instant,
});
export type MadeBy = z.infer<typeof MadeBy>;

export const MinutesEntry = z.object({ about: About, result: MinutesResult, madeBy: MadeBy });
export type MinutesEntry = z.infer<typeof MinutesEntry>;

/**
 * A summary that is not finished: of a circle that still runs, or being written. It is shown meanwhile and kept
 * nowhere.
 */
export const Growing = z.object({
  plugin: z.string(),
  about: About,
  method: MadeBy.shape.method,
  sentences: z.array(GroundedSentence),
});
export type Growing = z.infer<typeof Growing>;

/** Record of all that came out of a meeting so far. */
export const MeetingRecord = z.object({
  /** Another with every addition or correction, and with what grows. */
  version: z.number().int().nonnegative(),
  utterances: z.array(Utterance),
  comments: z.array(Comment),
  /** Ended turns, in order; `heard` once all of its text has arrived. */
  turns: z.array(
    z.object({
      id: z.number().int().positive(),
      circle: z.number().int().nonnegative(),
      speaker: ParticipantId,
      startedAt: Instant.nullable(),
      endedAt: Instant,
      spokenMs: z.number().nonnegative(),
      reason: z.string(),
      heard: z.boolean(),
      /**
       * People who passed the word on for the speaker, and who gave them more time; left out where nobody did, or it is
       * not known.
       */
      passedBy: ParticipantId.optional(),
      moreTimeBy: z.array(ParticipantId).optional(),
      /** The speaker chose who hears them, and was silenced for it; left out where not. */
      withheld: z.literal(true).optional(),
      /**
       * True where some or all of it was spoken by somebody who had not agreed to be written down; left out where not.
       */
      unwritten: z.literal(true).optional(),
      /** True where the scribe was away for some or all of it; left out where not. */
      withoutScribe: z.literal(true).optional(),
    }),
  ),
  minutes: z.array(MinutesEntry),
  /** Results of the minutes that are being made anew, by their `keyOf`; until then the old ones stand. */
  remaking: z.array(z.string()),
  growing: z.array(Growing).optional(),
  /** Corrections, by whom and in order; everything above is as it was corrected last. */
  corrections: z.array(CorrectionMade),
});
export type MeetingRecord = z.infer<typeof MeetingRecord>;
