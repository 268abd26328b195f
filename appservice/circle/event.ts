import { z } from "zod";
import { Instant, Language, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { Plan } from "./scenario.ts";

const at = Instant;
const turn = z.number().int().positive();

export const TurnEnd = z.enum(["passed", "forced", "time-up", "skipped", "not-taken", "dropped", "left", "meeting-ended"]);
export type TurnEnd = z.infer<typeof TurnEnd>;

export const Mark = z.enum(["80-percent", "last-10-seconds", "limit"]);
export type Mark = z.infer<typeof Mark>;

/** What happened in a circle. The journal holds these, and the state of a meeting is nothing but their fold. */
export const CircleEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("meeting-gathered"), at, id: MeetingId, roomId: RoomId, language: Language }),
  z.object({ type: z.literal("person-joined"), at, who: ParticipantId, name: z.string(), presence: z.enum(["call", "room"]) }),
  z.object({ type: z.literal("person-connected"), at, who: ParticipantId }),
  z.object({ type: z.literal("person-dropped"), at, who: ParticipantId }),
  z.object({ type: z.literal("person-left"), at, who: ParticipantId }),
  z.object({ type: z.literal("meeting-started"), at, by: ParticipantId, plan: Plan, topic: z.string() }),
  z.object({ type: z.literal("circle-started"), at, index: z.number().int().nonnegative(), ring: z.array(ParticipantId) }),
  z.object({ type: z.literal("ring-joined"), at, who: ParticipantId }),
  /** `kept`: the second offer of a turn that was skipped, not taken or broken off. */
  z.object({ type: z.literal("word-offered"), at, turn, to: ParticipantId, limitMs: z.number(), kept: z.boolean(), lapsesAt: Instant }),
  z.object({ type: z.literal("turn-started"), at, turn }),
  z.object({ type: z.literal("turn-marked"), at, turn, mark: Mark }),
  z.object({ type: z.literal("turn-extended"), at, turn, by: ParticipantId, byMs: z.number() }),
  /** The speaker dropped out: the clock stands until they are back or the hold lapses. */
  z.object({ type: z.literal("turn-held"), at, turn, lapsesAt: Instant }),
  z.object({ type: z.literal("turn-continued"), at, turn }),
  /** `keepsMs`: time kept for the speaker at the end of the circle; null when the turn is done with. */
  z.object({
    type: z.literal("turn-ended"), at, turn, speaker: ParticipantId, reason: TurnEnd,
    spentMs: z.number(), keepsMs: z.number().nullable(),
  }),
  z.object({ type: z.literal("circle-ended"), at, index: z.number().int().nonnegative(), nextAt: Instant.nullable() }),
  z.object({ type: z.literal("meeting-paused"), at, by: ParticipantId }),
  /** What was about to lapse or begin gets its time anew; a running turn goes on by a `turn-continued` of its own. */
  z.object({ type: z.literal("meeting-resumed"), at, by: ParticipantId, lapsesAt: Instant.nullable(), nextAt: Instant.nullable() }),
  z.object({ type: z.literal("meeting-ended"), at, by: ParticipantId.nullable() }),
]);
export type CircleEvent = z.infer<typeof CircleEvent>;
