import { z } from "zod";
import { Instant, MeetingId, ParticipantId, SpeechLanguage } from "./identity.ts";
import { MediaKeys } from "./media-key.ts";
import { SaidPlaces } from "./said-places.ts";
import { KeptPlace } from "./sound-key.ts";

/**
 * Messages between the service and a scribe. The scribe is a process of its own, spoken to in these messages and
 * nothing else, so that it can move to another machine.
 */
const turn = { meeting: MeetingId, turn: z.number().int().positive() };

/**
 * `second`: for a second pair of ears, which keeps what is said where the scribe fails to. `keys`: by which an
 * encrypted call is heard, the newest last.
 */
const Call = z.object({
  url: z.string(),
  token: z.string(),
  second: z.string().optional(),
  keys: MediaKeys.optional(),
});

export const ToScribe = z.discriminatedUnion("type", [
  /**
   * The word goes to this person next: be in the call and ready to receive them, so that their first word is not lost.
   * Their microphone is still closed. Null: be in the call alone.
   */
  z.object({
    type: z.literal("expect"),
    meeting: MeetingId,
    speaker: ParticipantId.nullable(),
    call: Call,
  }),
  /**
   * Listen to one speaker in a call, from now until `stop`. The token admits a hidden participant that only subscribes.
   */
  z.object({
    type: z.literal("listen"),
    ...turn,
    speaker: ParticipantId,
    /** Name by which captions show them; left out by a service from before. */
    name: z.string().optional(),
    language: SpeechLanguage,
    /** Words worth knowing (names of the participants), for engines that take a prompt. */
    vocabulary: z.array(z.string()),
    /** Name of the key by which their sound is sealed on the disk; left out: it lies there as it is. */
    sealedBy: z.string().optional(),
    call: Call,
    /** True where somebody listened before, and failed; words said until now are not this one's to hear. */
    again: z.boolean().optional(),
  }),
  /** The meeting's call goes on as another one: be there instead, and listen on to whom you listened. */
  z.object({ type: z.literal("move"), meeting: MeetingId, call: Call }),
  /** The meeting's call is encrypted by another key from now on. */
  z.object({ type: z.literal("keys"), meeting: MeetingId, keys: MediaKeys }),
  /** The turn is over: speech that is no text yet becomes text, then `drained`. */
  z.object({ type: z.literal("stop"), ...turn }),
  /** The text of this piece is in the journal: its audio need not wait any longer. */
  z.object({
    type: z.literal("kept"),
    ...turn,
    startedAt: Instant,
    /** Place where the audio is to be kept further, in the folder for it, since its speaker agreed; null: nowhere. */
    keepAs: KeptPlace.nullable(),
  }),
  /**
   * Another service goes on with the meeting: put on the disk what is being said, leave the call, and leave alone what
   * waits on the disk of it. `handed-over` answers.
   */
  z.object({ type: z.literal("hand-over"), meeting: MeetingId }),
  /** Speech of this meeting came from another service and waits on the disk. */
  z.object({ type: z.literal("take-up"), meeting: MeetingId }),
  /** The meeting is over: leave its call. */
  z.object({ type: z.literal("leave"), meeting: MeetingId }),
]);
export type ToScribe = z.infer<typeof ToScribe>;

const written = {
  ...turn,
  speaker: ParticipantId,
  /** Counts from 1 in the turn. */
  piece: z.number().int().positive(),
  startedAt: Instant,
  endedAt: Instant,
  language: z.string().nullable(),
  text: z.string(),
  /** Times of places in the text; left out where the engine told none. */
  places: SaidPlaces.optional(),
  engine: z.object({ id: z.string(), model: z.string() }),
};

export const FromScribe = z.discriminatedUnion("type", [
  /** The engine is loaded; sent once after the start. */
  z.object({ type: z.literal("ready"), engine: z.object({ id: z.string(), model: z.string() }) }),
  /** Text of the piece being spoken, replaced by the next `partial` or `final` of the same piece. */
  z.object({
    type: z.literal("partial"),
    ...turn,
    speaker: ParticipantId,
    piece: z.number().int().positive(),
    text: z.string(),
  }),
  z.object({ type: z.literal("final"), ...written }),
  /** Text of a piece that could not be had in its time, of a turn that may be drained long since. */
  z.object({ type: z.literal("late"), ...written }),
  /** A piece that was to come late and never will. */
  z.object({ type: z.literal("lost"), ...turn }),
  /**
   * Speech that is finished and no text yet, all of it; said at the start and at every change. `late`: some of it is
   * tried again and again.
   */
  z.object({
    type: z.literal("backlog"),
    waiting: z.array(z.object({ ...turn, pieces: z.number().int(), seconds: z.number(), late: z.boolean() })),
  }),
  /**
   * Seconds of speech that arrive in a second, that are decoded in a second with all busy (null: not known yet), and
   * that wait; of all services where a fleet of workers decodes (`workers`: within reach; null: there is no fleet).
   */
  z.object({
    type: z.literal("load"),
    arriving: z.number(),
    decodes: z.number().nullable(),
    waiting: z.number(),
    workers: z.number().int().nullable(),
  }),
  /**
   * End of a turn's texts, but for those that the backlog names. Sent exactly once for each `listen`, also when nothing
   * was said.
   */
  z.object({ type: z.literal("drained"), ...turn }),
  /** The scribe hung or ended in this turn, and begins anew; speech meanwhile is kept, and becomes text later. */
  z.object({ type: z.literal("stumbled"), ...turn }),
  /** Nothing of this meeting is in hand any more; what is no text lies on the disk. */
  z.object({ type: z.literal("handed-over"), meeting: MeetingId }),
  /** Seconds of this turn that nobody of ours heard. `drained` follows. */
  z.object({ type: z.literal("unheard"), ...turn, seconds: z.number().positive() }),
  /** Something of this turn could not be made into text. `drained` follows. */
  z.object({ type: z.literal("failed"), ...turn, code: z.string(), error: z.string() }),
]);
export type FromScribe = z.infer<typeof FromScribe>;
