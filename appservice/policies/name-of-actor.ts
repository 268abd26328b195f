import type { NamedPerson } from "../assembly/assembly.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";

/** Name of somebody in a room, by whoever vouches for them. */
export type NameInRoom = (room: RoomId, who: ParticipantId) => Promise<string>;

/** Name of somebody who did something: as `known` people have it, or else, as of a moderator without a seat, the room. */
export async function nameOfActor(
  who: ParticipantId,
  {
    known,
    room,
    nameOf,
  }: { readonly known: readonly NamedPerson[]; readonly room: RoomId; readonly nameOf: NameInRoom },
): Promise<string> {
  const name = known.find(({ id }) => id === who)?.name;
  // Tells of what they did all the same while the room cannot be read.
  return name ?? nameOf(room, who).catch(() => who);
}
