import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import type { MeetingSnapshot, TurnSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";

/** Difference of a scene from a circle that just runs. */
export type Change = (meeting: MeetingSnapshot, now: number) => Partial<MeetingSnapshot>;

/** Seconds that have gone by of a turn of two minutes. */
export function turn(speaker: ParticipantId, spentS: number, now: number): TurnSnapshot {
  const limitMs = 120_000;
  const endsAt = now + limitMs - spentS * 1000;
  return {
    id: 4,
    speaker,
    hand: null,
    extension: null,
    status: "speaking",
    limitMs,
    spentMs: 0,
    runningSince: now - spentS * 1000,
    endsAt,
    graceEndsAt: endsAt + 5_000,
    lapsesAt: null,
  };
}
