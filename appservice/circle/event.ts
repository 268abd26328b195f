import { z } from "zod";
import { Door } from "../protocol/actor.ts";
import { Shown } from "../protocol/agreement.ts";
import { Instant, Language, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { HandKind } from "../protocol/scenario-words.ts";
import { MeetingCourse } from "./course.ts";
import { typedMessage } from "./kinds/kind-words.ts";
import { CircleStage, KIND_EVENTS } from "./kinds/words.ts";
import { Quote } from "./quotes.ts";
import { Plan } from "./scenario.ts";
import { TimeMark } from "./time-mark.ts";
import { TurnEnd } from "./turn-end.ts";

const at = Instant;
const turn = z.number().int().positive();
/**
 * Person whose command it was, and the door by which it came; nobody's where time brought it about, or it is not known
 * any more.
 */
const acted = { by: ParticipantId.nullable(), door: Door.nullable() };
const index = z.number().int().nonnegative();
const message = typedMessage;

export const HandDown = z.enum(["self", "spoke", "left", "circle-started"]);
export type HandDown = z.infer<typeof HandDown>;

/** Event in a meeting. The journal holds these, and the state of a meeting is nothing but their fold. */
export const CircleEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("meeting-gathered"), at, id: MeetingId, roomId: RoomId, language: Language }),
  /** The journal was lost, or ends before this: from here on the meeting is what the room's state says. */
  z.object({ type: z.literal("meeting-taken-up"), at, snapshot: MeetingSnapshot, course: MeetingCourse.nullable() }),
  z.object({
    type: z.literal("person-joined"),
    at,
    who: ParticipantId,
    name: z.string(),
    presence: z.enum(["call", "room"]),
  }),
  z.object({ type: z.literal("person-renamed"), at, who: ParticipantId, name: z.string() }),
  z.object({ type: z.literal("person-connected"), at, who: ParticipantId }),
  z.object({ type: z.literal("person-dropped"), at, who: ParticipantId }),
  /** `by`: who took them out of the ring; left out where they went themselves. */
  z.object({ type: z.literal("person-left"), at, who: ParticipantId, by: ParticipantId.optional() }),
  /**
   * `seed` is what lots are drawn from; chance comes in from outside, like time. `quotes`: words of an assembly that
   * stand in topic and plan of its ring's meeting; left out where both are of who began it.
   */
  z.object({
    type: z.literal("meeting-started"),
    at,
    by: ParticipantId,
    plan: Plan,
    topic: z.string(),
    seed: z.number(),
    message,
    quotes: z.array(Quote).optional(),
  }),
  z.object({ type: z.literal("keeper-changed"), at, to: ParticipantId.nullable() }),

  /** `index` counts the circles that ran; `step` is the planned circle, which may run more than once. */
  z.object({
    type: z.literal("circle-started"),
    at,
    index,
    step: index,
    round: z.number().int().positive(),
    ring: z.array(ParticipantId),
    stage: CircleStage,
    endsAt: Instant.nullable(),
  }),
  /**
   * `keptMs`: milliseconds that were kept for them of a turn in this circle before they left; null: they had none yet.
   */
  z.object({ type: z.literal("ring-joined"), at, who: ParticipantId, keptMs: z.number().nullable() }),
  z.object({ type: z.literal("circle-ended"), at, index, nextStep: index.nullable(), nextAt: Instant.nullable() }),
  /** The keeper ends it here: who is in `unheard` waited for a turn, or kept one. A `circle-ended` follows. */
  z.object({ type: z.literal("circle-cut-short"), at, by: ParticipantId, index, unheard: z.array(ParticipantId) }),
  /** Order of those who wait in the running circle, or of the whole ring of the next. */
  z.object({ type: z.literal("order-set"), at, by: ParticipantId, order: z.array(ParticipantId), drawn: z.boolean() }),
  /** One more turn, at the end of the circle, for somebody who has spoken. */
  z.object({ type: z.literal("turn-given"), at, by: ParticipantId, to: ParticipantId, limitMs: z.number() }),
  /**
   * Time added to each turn of the running circle that is still to come; `endsAt` is the circle's end then, where it
   * has one.
   */
  z.object({ type: z.literal("time-added"), at, by: ParticipantId, byMs: z.number(), endsAt: Instant.nullable() }),
  /** `circle`: index of the one that runs, or comes next. */
  z.object({ type: z.literal("theme-set"), at, by: ParticipantId, circle: index, theme: z.string(), message }),
  /** The rest between two circles begins anew after a hand was heard. */
  z.object({ type: z.literal("rest-began"), at, nextAt: Instant }),

  /**
   * `kept`: the second offer of a turn that was skipped, not taken or broken off. `hand`: a turn somebody raised a hand
   * for.
   */
  z.object({
    type: z.literal("word-offered"),
    at,
    turn,
    to: ParticipantId,
    limitMs: z.number(),
    kept: z.boolean(),
    hand: HandKind.nullable(),
    lapsesAt: Instant,
  }),
  z.object({ type: z.literal("turn-started"), at, turn }),
  z.object({ type: z.literal("turn-marked"), at, turn, mark: TimeMark }),
  z.object({ type: z.literal("extension-asked"), at, turn, by: ParticipantId }),
  /** `by` nobody: the ring gave it together, or it is not known. */
  z.object({ type: z.literal("turn-extended"), at, turn, byMs: z.number(), ...acted }),
  /** The speaker dropped out: the clock stands until they are back or the hold lapses. */
  z.object({ type: z.literal("turn-held"), at, turn, lapsesAt: Instant }),
  z.object({ type: z.literal("turn-continued"), at, turn }),
  /** `keepsMs`: time kept for the speaker at the end of the circle; null when the turn is done with. */
  z.object({
    type: z.literal("turn-ended"),
    at,
    turn,
    speaker: ParticipantId,
    reason: TurnEnd,
    spentMs: z.number(),
    keepsMs: z.number().nullable(),
    ...acted,
  }),

  z.object({ type: z.literal("hand-raised"), at, who: ParticipantId, hand: HandKind }),
  z.object({ type: z.literal("hand-lowered"), at, who: ParticipantId, reason: HandDown }),
  /** Events of one kind of circle alone. */
  ...KIND_EVENTS,
  /** Words typed in that message are nowhere any more; that a position was taken, or something written, stays. */
  z.object({ type: z.literal("words-taken-back"), at, by: ParticipantId, message: z.string().max(255) }),
  /**
   * All that somebody ever wrote in this meeting is nowhere any more, by whichever door it came; what they did stays.
   */
  z.object({ type: z.literal("words-erased"), at, who: ParticipantId }),

  /**
   * Agreement is asked from here on: it is known of each whether their words may be written down. `before`: people who
   * sat in a meeting that ran when the service began to ask.
   */
  z.object({ type: z.literal("agreement-asked"), at, asks: Shown, before: z.array(ParticipantId).optional() }),
  /** Question to somebody in the room, because they typed `message` there. */
  z.object({
    type: z.literal("agreement-sought"),
    at,
    who: ParticipantId,
    name: z.string(),
    message: z.string().nullable(),
  }),
  z.object({ type: z.literal("agreement-answered"), at, who: ParticipantId, agreed: z.boolean(), shown: Shown }),

  /** Nothing that is said is written down from here on, until the scribe is asked back. */
  z.object({ type: z.literal("scribe-sent-away"), at, by: ParticipantId }),
  z.object({ type: z.literal("scribe-asked-back"), at, by: ParticipantId }),

  /** `by` nobody: the call is away, and nobody could be heard. */
  z.object({ type: z.literal("meeting-paused"), at, by: ParticipantId.nullable() }),
  /**
   * Lapses and beginnings that were near get their time anew; a running turn goes on by a `turn-continued` of its own.
   */
  z.object({
    type: z.literal("meeting-resumed"),
    at,
    by: ParticipantId.nullable(),
    lapsesAt: Instant.nullable(),
    nextAt: Instant.nullable(),
  }),
  /**
   * The service could hear nobody from `since` until now, and nothing ran out meanwhile: a running turn goes on where
   * it was, and what was to lapse, to end or to begin does so by these times; null: nothing was.
   */
  z.object({
    type: z.literal("service-returned"),
    at,
    since: Instant,
    lapsesAt: Instant.nullable(),
    endsAt: Instant.nullable(),
    nextAt: Instant.nullable(),
  }),
  z.object({ type: z.literal("meeting-ended"), at, by: ParticipantId.nullable() }),
]);
export type CircleEvent = z.infer<typeof CircleEvent>;
