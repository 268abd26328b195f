import type { EventId } from "../protocol/identity.ts";
import type { RoomEventOf } from "./room-event.ts";

/** The message that an edit changes; null for what is no edit (Matrix specification, "Event replacements"). */
export function editedBy({ content }: RoomEventOf<"m.room.message">): EventId | null {
  const relation = content["m.relates_to"];
  return relation?.rel_type === "m.replace" ? (relation.event_id ?? null) : null;
}

/** Root of the thread in which a message stands; null: none. */
export function threadOf({ content }: RoomEventOf<"m.room.message">): EventId | null {
  const relation = content["m.relates_to"];
  return relation?.rel_type === "m.thread" ? (relation.event_id ?? null) : null;
}

/** The message that one answers; a thread's own relation to its latest message names none. */
export function repliedTo({ content }: RoomEventOf<"m.room.message">): EventId | undefined {
  const relation = content["m.relates_to"];
  return relation?.is_falling_back ? undefined : relation?.["m.in_reply_to"]?.event_id;
}
