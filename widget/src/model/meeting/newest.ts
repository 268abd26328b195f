import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";

/**
 * Snapshots come by several ways and overtake one another. Of one meeting the higher version is the newer; of two
 * meetings the one that began later, or, where one has not begun, the one that was seen later.
 */
export function isNewer(one: MeetingSnapshot, known: MeetingSnapshot | null): boolean {
  if (!known) return true;
  if (one.id === known.id) return one.version > known.version;
  if (one.startedAt !== null && known.startedAt !== null) return one.startedAt > known.startedAt;
  return one.at > known.at;
}

/**
 * Tells whether we are in this meeting, as news from another place than before say: another ring, whichever began first.
 * In the room as a whole, one that was over before the rings began is not where we are.
 */
export function isWhereWeAre(meeting: MeetingSnapshot, ring: number | null, known: MeetingSnapshot): boolean {
  return ring !== null || meeting.phase !== "ended" || isNewer(meeting, known);
}
