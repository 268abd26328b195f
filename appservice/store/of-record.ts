/**
 * SQL for meetings of a room's record up to a moment: those that began before it, and later ones of groups whose
 * assembly did; a room has one assembly at a time.
 */
export const ofRecord = (moment: string) => `(meetings.started < ${moment}
  OR meetings.ring IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM assemblies WHERE assemblies.room = meetings.room
    AND assemblies.opened >= ${moment} AND assemblies.opened <= meetings.started))`;

/** SQL for meetings that an erasure is of. */
export const OF_ERASURE = `meetings.started <= erasures.at AND ${ofRecord("erasures.begun + 1")}`;
