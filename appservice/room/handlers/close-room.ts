import type { Logger } from "pino";
import type { Outbox } from "../../journal/outbox.ts";
import type { RoomId } from "../../protocol/identity.ts";
import type { KnownRooms } from "../../store/known-rooms.ts";
import { endMeeting, type EndMeetingDeps } from "../end-meeting.ts";

export type CloseRoomDeps = EndMeetingDeps & {
  readonly outbox: Pick<Outbox, "hold">;
  readonly knownRooms: Pick<KnownRooms, "forget" | "shownOut">;
  /** The bot is no longer in the room. */
  readonly onClosed: (room: RoomId) => void;
  readonly log: Logger;
};

/**
 * Out of the room: a meeting that still runs is over, and what waits for this room is held back until the bot is in
 * again.
 */
export function closeRoom(room: RoomId, { byItself }: { readonly byItself: boolean }, deps: CloseRoomDeps): void {
  const { outbox, knownRooms, onClosed, log } = deps;
  endMeeting(room, deps);
  const messages = outbox.hold(room);
  if (messages > 0)
    log.warn({ room, messages }, "the bot is out of this room; messages wait until it is invited again");
  if (byItself) knownRooms.forget(room);
  else knownRooms.shownOut(room);
  onClosed(room);
}
