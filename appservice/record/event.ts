import { z } from "zod";
import { Door } from "../protocol/actor.ts";
import { ChosenSet } from "../protocol/chosen-set.ts";
import { Correction } from "../protocol/correction.ts";
import { Instant, ParticipantId } from "../protocol/identity.ts";
import { NodeKind } from "../protocol/meeting-graph.ts";
import { About, Comment, MinutesEntry, Utterance } from "../protocol/meeting-record.ts";
import { OutOfTurn } from "../protocol/out-of-turn.ts";
import { Pot } from "../protocol/pot.ts";

/** Graph of a meeting as it stands in the room. `picture` is null where its message shows none. */
export const DrawnGraph = z.object({
  /** Fingerprint of the graph that was drawn. */
  state: z.string(),
  at: Instant,
  counts: z.partialRecord(NodeKind, z.number().int().positive()),
  /** Nodes with most connections. */
  central: z.array(z.string()),
  picture: z
    .object({
      mxc: z.string(),
      mimetype: z.string(),
      width: z.number().int(),
      height: z.number().int(),
      size: z.number().int(),
    })
    .nullable(),
  /**
   * Tells that there is no picture: it could not be drawn, or the homeserver refused it. An encrypted one stands beside
   * the message.
   */
  failed: z.literal(true).optional(),
});
export type DrawnGraph = z.infer<typeof DrawnGraph>;

/** Outcome of a meeting, as it is written into the journal beside the circle's events. */
export const RecordEvent = z.discriminatedUnion("type", [
  /** `afterMs`: so much later than it was said its text was there; left out where it came late, or is not known. */
  z.object({
    type: z.literal("utterance-heard"),
    utterance: Utterance,
    afterMs: z.number().nonnegative().optional(),
  }),
  /**
   * All text of a turn has arrived. `complete` is false when some of it could not be had; `unheardSeconds`: so much
   * nobody heard.
   */
  z.object({
    type: z.literal("turn-heard"),
    turn: z.number().int().positive(),
    complete: z.boolean(),
    unheardSeconds: z.number().positive().optional(),
  }),
  /**
   * Speech of a turn is no text yet, because the engine does not answer, or the scribe begins anew; `turn-heard`
   * follows when it has come.
   */
  z.object({ type: z.literal("turn-waits"), turn: z.number().int().positive() }),
  z.object({ type: z.literal("comment-made"), comment: Comment }),
  /**
   * Typed by somebody who is asked whether it may be taken, and has not said yet: where it belongs, and no word of it.
   */
  z.object({
    type: z.literal("comment-waits"),
    id: z.string(),
    who: ParticipantId,
    circle: z.number().int().nonnegative(),
    turn: z.number().int().positive().nullable(),
  }),
  z.object({ type: z.literal("comment-dropped"), id: z.string() }),
  /**
   * `edit`: the event that changed it; comments from before it was noted have none, and cannot be taken back by itself.
   */
  z.object({
    type: z.literal("comment-edited"),
    id: z.string(),
    text: z.string().max(2_000),
    edit: z.string().max(255).optional(),
    at: Instant.optional(),
  }),
  z.object({ type: z.literal("comment-edit-removed"), edit: z.string().max(255) }),
  z.object({
    type: z.literal("comment-removed"),
    id: z.string(),
    by: ParticipantId.optional(),
    at: Instant.optional(),
  }),
  /** Words said were taken back, and are nowhere any more; see `scrub`. */
  z.object({
    type: z.literal("taken-back"),
    id: z.string(),
    at: Instant,
    by: ParticipantId,
    name: z.string(),
    door: Door,
  }),
  /** The same of a command: its words were in what happened in the circle, which has them no more. */
  z.object({ type: z.literal("command-taken-back"), message: z.string().max(255) }),
  /** The same of all that somebody gave to the meeting; what they said and typed is named by events of its own. */
  z.object({ type: z.literal("words-erased"), at: Instant, who: ParticipantId }),
  /** `basis`: how many changes of texts were known when its making began; left out: all until then. */
  z.object({ type: z.literal("minutes-made"), entry: MinutesEntry, basis: z.number().int().nonnegative().optional() }),
  /** Results are made anew: somebody asked for it, or corrected words they rest on. The old ones stand until then. */
  z.object({
    type: z.literal("minutes-redo"),
    at: Instant,
    by: ParticipantId,
    results: z.array(z.object({ plugin: z.string(), about: About })),
  }),
  z.object({
    type: z.literal("corrected"),
    at: Instant,
    by: ParticipantId,
    name: z.string(),
    door: Door,
    change: Correction,
  }),
  /**
   * Somebody else than whoever corrected it says that a text is right as it stands. `corrections`: so many it had had.
   */
  z.object({
    type: z.literal("correction-confirmed"),
    at: Instant,
    by: ParticipantId,
    door: Door,
    of: z.enum(["utterance", "summary"]),
    id: z.string(),
    corrections: z.number().int().positive(),
  }),
  /** Shares of a pot as they would be; they count later, unless somebody objects until then. */
  z.object({ type: z.literal("pot-shown"), at: Instant, by: ParticipantId, door: Door, pot: Pot }),
  z.object({
    type: z.literal("pot-objected"),
    at: Instant,
    by: ParticipantId,
    door: Door,
    pot: z.string().min(1).max(60),
  }),
  /** Plugins and models that serve the meeting from here to its end; noted where an experiments file is configured. */
  z.object({ type: z.literal("set-chosen"), at: Instant, chosen: ChosenSet }),
  /** The first result of the set stands in the record, where room and page show it. */
  z.object({ type: z.literal("set-shown"), at: Instant }),
  z.object({ type: z.literal("minutes-failed"), plugin: z.string(), about: About, error: z.string() }),
  /** A picture is uploaded once: where it lies is known from here on. */
  z.object({ type: z.literal("graph-drawn"), drawn: DrawnGraph }),
  /**
   * The gate closed somebody's microphone while the word was another's, or because they chose who hears them. `circle`:
   * where it was, if the meeting had one yet; `turn`: their own, in which they withheld their sound.
   */
  z.object({
    type: z.literal("spoke-out-of-turn"),
    at: Instant,
    who: ParticipantId,
    what: OutOfTurn,
    circle: z.number().int().nonnegative().nullable(),
    turn: z.number().int().positive().optional(),
  }),
]);
export type RecordEvent = z.infer<typeof RecordEvent>;

export type FailedMinutes = Omit<Extract<RecordEvent, { type: "minutes-failed" }>, "type">;

export type Confirmation = Omit<Extract<RecordEvent, { type: "correction-confirmed" }>, "type">;

export type WaitingComment = Omit<Extract<RecordEvent, { type: "comment-waits" }>, "type">;
