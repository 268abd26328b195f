import type { LiveMeeting } from "../journal/meetings.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { Refusal } from "../protocol/refusal.ts";
import type { RoomFacts } from "./room-facts.ts";

/** In a room that goes on elsewhere no meeting begins; one that runs comes to its end. */
export async function refusedInReplaced(command: string, room: RoomId, live: LiveMeeting | null, facts: RoomFacts): Promise<Refusal | null> {
  const begins = (command === "join" || command === "start") && (!live || live.meeting.phase === "ended" || live.meeting.phase === "gathering");
  return begins && (await facts.replacedBy(room)) !== null ? { code: "room-replaced", detail: {} } : null;
}
