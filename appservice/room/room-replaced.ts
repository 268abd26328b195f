import type { Meeting } from "../circle/meeting.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { Refusal } from "../protocol/refusal.ts";

/** Refusal in a room that goes on elsewhere: no meeting begins there; one that runs comes to its end. */
export function refusedInReplaced(command: string, meeting: Meeting | null, replacedBy: RoomId | null): Refusal | null {
  const begins =
    (command === "join" || command === "start") &&
    (!meeting || meeting.phase === "ended" || meeting.phase === "gathering");
  return begins && replacedBy !== null ? { code: "room-replaced", detail: {} } : null;
}
