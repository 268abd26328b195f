import type { KnownRooms } from "../journal/known-rooms.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { type Homeserver, isForGood } from "./homeserver.ts";

type Parts = { readonly homeserver: Homeserver; readonly knownRooms: KnownRooms };

/** The room in which the bot speaks to one person alone; made where there is none, or where they have left it. */
export async function directRoomWith(who: ParticipantId, { homeserver, knownRooms }: Parts): Promise<RoomId | null> {
  const known = knownRooms.directRoomOf(who);
  if (known !== null && (await isThere(known, who, homeserver))) return known;
  try {
    const room = await homeserver.createDirectRoom(who, "Mindminder");
    knownRooms.rememberDirectRoom(who, room);
    return room;
  } catch (error) {
    if (isForGood(error)) return null;
    throw error;
  }
}

async function isThere(room: RoomId, who: ParticipantId, homeserver: Homeserver): Promise<boolean> {
  try {
    const member = (await homeserver.stateContent(room, "m.room.member", who)) as { membership?: unknown } | null;
    return member?.membership === "join" || member?.membership === "invite";
  } catch (error) {
    if (isForGood(error)) return false;
    throw error;
  }
}
