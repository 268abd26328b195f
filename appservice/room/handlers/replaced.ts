import { translateTo } from "../../language/translate.ts";
import type { Language, RoomId } from "../../protocol/identity.ts";
import type { RoomEventOf } from "../room-event.ts";
import { type SayDeps, sayInRoom } from "../say-in-room.ts";

export type RoomReplacedDeps = SayDeps & { readonly languageOf: (room: RoomId) => Language };

/**
 * Tells that the room goes on elsewhere. People with power here must not send the bot into rooms of others, so it
 * comes when it is invited. The same successor, named in other words, is not told again.
 */
export function roomReplaced(
  { room_id: room, event_id: event, content, unsigned }: RoomEventOf<"m.room.tombstone">,
  deps: RoomReplacedDeps,
): void {
  if (unsigned?.prev_content?.["replacement_room"] === content.replacement_room) return;
  sayInRoom(room, { kind: "replaced", event }, [translateTo(deps.languageOf(room))("room.replaced")], deps);
}
