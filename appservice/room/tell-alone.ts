import type { ParticipantId } from "../protocol/identity.ts";
import type { LinkMessage } from "../store/links.ts";
import { directRoomWith, type DirectRoomDeps } from "./direct-room.ts";
import type { Homeserver } from "./homeserver.ts";
import { type Line, personalMessage } from "./messages/message.ts";
import type { RoomEvent } from "./room-event.ts";

export type TellAloneDeps = DirectRoomDeps & { readonly homeserver: Pick<Homeserver, "send"> };

/**
 * Tells the sender of an event something in the room with them alone. Returns which message it is; null where there is
 * no such room and none can be made.
 */
export function tellAlone(
  { event_id: id, sender }: Pick<RoomEvent, "event_id" | "sender">,
  what: string,
  lines: readonly Line[],
  deps: TellAloneDeps,
): Promise<LinkMessage | null> {
  return tellSomebody(sender, `${what}-${id}`, lines, deps);
}

/** Tells somebody something in the room with them alone, under one name once. */
export async function tellSomebody(
  who: ParticipantId,
  name: string,
  lines: readonly Line[],
  { homeserver, knownRooms }: TellAloneDeps,
): Promise<LinkMessage | null> {
  const room = await directRoomWith(who, { homeserver, knownRooms });
  if (room === null) return null;
  return { room, eventId: await homeserver.send(room, "m.room.message", `mm-${name}`, personalMessage(lines, who)) };
}
