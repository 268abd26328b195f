import type { RoomEventOf } from "../room-event.ts";
import type { RoomFacts } from "../room-facts.ts";
import { closeRoom, type CloseRoomDeps } from "./close-room.ts";
import { comeIn, type ComeInDeps } from "./come-in.ts";
import { greet, type GreetDeps } from "./greet.ts";

export type OwnMembershipDeps = ComeInDeps & GreetDeps & CloseRoomDeps & { readonly facts: Pick<RoomFacts, "forget"> };

/** Comes when it is invited, greets once it is in, and goes when it is shown out. */
export async function ownMembership(
  { room_id: room, sender, content: { membership }, event_id: eventId, unsigned }: RoomEventOf<"m.room.member">,
  deps: OwnMembershipDeps,
): Promise<void> {
  if (membership === "invite") return comeIn(room, sender, eventId, deps);
  if (membership === "join")
    return greet(room, { event: eventId, wasIn: unsigned?.prev_content?.["membership"] === "join" }, deps);
  if (membership === "leave" || membership === "ban") {
    closeRoom(room, { byItself: sender === deps.homeserver.botId }, deps);
    deps.facts.forget(room);
  }
}
