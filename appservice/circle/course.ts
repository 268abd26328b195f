import { z } from "zod";
import { MeetingId, ParticipantId } from "../protocol/identity.ts";
import { HandKind } from "../protocol/scenario-words.ts";
import { circlesThatRan, type Meeting } from "./meeting.ts";
import { Plan } from "./scenario.ts";
import { TurnEnd } from "./turn-end.ts";

const index = z.number().int().nonnegative();

/**
 * Course of a meeting, which it needs to go on and the snapshot leaves out: its plan, and all that ran up to the
 * present circle. It stands in the room's state beside the snapshot, so that the two make the meeting again when the
 * service has lost its database.
 */
export const MeetingCourse = z.object({
  format: z.literal(1),
  meeting: MeetingId,
  plan: Plan,
  seed: z.number().int(),
  nextStep: index.nullable(),
  turnsOffered: index,
  circles: z.array(
    z.object({
      index,
      step: index,
      round: z.number().int().positive(),
      ring: z.array(ParticipantId),
      theme: z.string().optional(),
    }),
  ),
  turns: z.array(
    z.object({
      id: z.number().int().positive(),
      circle: index,
      speaker: ParticipantId,
      hand: HandKind.nullable(),
      startedAt: z.number().nullable(),
      endedAt: z.number(),
      spentMs: z.number().nonnegative(),
      reason: TurnEnd,
      passedBy: ParticipantId.optional(),
      moreTimeBy: z.array(ParticipantId).optional(),
      spoken: z.literal(true).optional(),
      unwritten: z.literal(true).optional(),
      withoutScribe: z.literal(true).optional(),
    }),
  ),
});
export type MeetingCourse = z.infer<typeof MeetingCourse>;

/** Course of a meeting; null before the start: people who gather have none yet. */
export function courseOf(meeting: Meeting): MeetingCourse | null {
  if (meeting.phase === "gathering") return null;
  const { id, plan, seed, turnsOffered, ended } = meeting;
  const nextStep = meeting.phase === "between" ? meeting.nextStep : null;
  const circles = circlesThatRan(meeting).map(({ index, step, round, ring, theme }) => ({
    index,
    step,
    round,
    ring: [...ring],
    ...(theme === undefined ? {} : { theme }),
  }));
  return {
    format: 1,
    meeting: id,
    plan,
    seed,
    nextStep,
    turnsOffered,
    circles,
    turns: ended.map(({ moreTimeBy, ...turn }) => ({ ...turn, ...(moreTimeBy && { moreTimeBy: [...moreTimeBy] }) })),
  };
}

/**
 * Two courses with the same key differ in nothing that cannot be told from the snapshot: it is written once for each
 * beginning and end of a circle.
 */
export function courseKey(meeting: Meeting): string | null {
  return meeting.phase === "gathering" ? null : `${meeting.id} ${meeting.phase} ${meeting.circle.index}`;
}
