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
