import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";

/** Snapshot of a meeting that nothing ends, as it is shown once it is over all the same: its assembly is. */
export function endedSnapshot(snapshot: MeetingSnapshot, at: number): MeetingSnapshot {
  return { ...snapshot, at, phase: "ended", endedAt: at, turn: null, next: null, stage: null, hands: [] };
}
