import type { Inbox } from "../../journal/inbox.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { EventId } from "../../protocol/identity.ts";
import type { RoomEventOf } from "../room-event.ts";
import { type StatesWithWordsDeps, withoutStatesOf } from "../states-with-words.ts";

export type RedactedCommandDeps = StatesWithWordsDeps & {
  readonly meetings: Pick<Meetings, "idWithMessage" | "commandWords" | "takeBackCommand">;
  readonly inbox: Pick<Inbox, "handling">;
};

/**
 * Takes back the words of a command, for its writer or a moderator: a reason, a text, a theme or a topic goes from all
 * that was made of it, and from the states of the room that had it. The command itself stays done.
 */
export async function takeBackCommand(
  { event_id: eventId, room_id: room, sender }: RoomEventOf<"m.room.redaction">,
  redacted: EventId,
  { meetings, inbox, ...deps }: RedactedCommandDeps,
): Promise<void> {
  const meeting = meetings.idWithMessage(room, redacted);
  const words = meeting === null ? [] : meetings.commandWords(meeting, redacted);
  if (meeting === null || words.length === 0) return;
  const takeBack = (takeAway: () => void) =>
    inbox.handling(eventId, () => {
      meetings.takeBackCommand(meeting, redacted, sender);
      takeAway();
    });
  await withoutStatesOf({ room, meeting, words }, takeBack, deps);
}
