import { isOfAssembly } from "../assembly/assembly.ts";
import { takesPart } from "../circle/meeting.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Truth } from "./truth.ts";

/** Tells whether somebody sits in a circle of the room, or is of its assembly, in the gallery too. */
export function sitsInRoom(
  room: RoomId,
  who: ParticipantId,
  { meetings, assemblies }: Pick<Truth, "meetings" | "assemblies">,
): boolean {
  if (isOfAssembly(assemblies.of(room), who)) return true;
  return meetings.placesIn(room).some((place) => {
    const meeting = meetings.of(place)?.meeting;
    return meeting !== undefined && takesPart(meeting, who);
  });
}
