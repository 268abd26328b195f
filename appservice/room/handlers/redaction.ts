import type { EventId } from "../../protocol/identity.ts";
import type { Inbox } from "../../journal/inbox.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { Outbox } from "../../journal/outbox.ts";
import { isOfMeeting } from "../../journal/scope.ts";
import { type EditCommentDeps, removeComment } from "../comments/edit-comment.ts";
import type { Homeserver } from "../homeserver.ts";
import type { RoomEventOf } from "../room-event.ts";
import { type RedactedCommandDeps, takeBackCommand } from "./redacted-command.ts";
import { undoReaction, type UndoReactionDeps } from "./undo-reaction.ts";

export type RedactionDeps = Pick<EditCommentDeps, "meetings" | "inbox"> & {
  readonly meetings: Pick<Meetings, "withMessageByAndBy">;
} & RedactedCommandDeps &
  LostMessageDeps &
  UndoReactionDeps;

/** Takes back what came of the event that is gone: a comment, the words of a command, a reaction. */
export async function handleRedaction(event: RoomEventOf<"m.room.redaction">, deps: RedactionDeps): Promise<void> {
  const redacted = event.redacts ?? event.content.redacts;
  if (redacted === undefined) return;
  // A meeting that is long over is read bit by bit; it is at hand then.
  await deps.meetings.withMessageByAndBy(event.room_id, redacted);
  removeComment(event, redacted, deps);
  await takeBackCommand(event, redacted, deps);
  heedTakenAway(event, redacted, deps);
  return undoReaction(event, redacted, deps);
}

type LostMessageDeps = {
  readonly outbox: Pick<Outbox, "postOf" | "lost" | "isInThread" | "takenAwayByPeople">;
  readonly inbox: Pick<Inbox, "handling">;
  readonly meetings: Pick<Meetings, "all">;
  readonly homeserver: Pick<Homeserver, "botId">;
};

/**
 * Leaves a message away that people took away, whatever is said or taken back later. In mid-meeting that of a circle, or
 * of the meeting, is posted anew with what comes next: nobody would see its edits, and nobody could follow the meeting.
 */
function heedTakenAway(
  { sender, event_id: eventId }: RoomEventOf<"m.room.redaction">,
  redacted: EventId,
  { outbox, inbox, meetings, homeserver }: LostMessageDeps,
): void {
  const post = sender === homeserver.botId ? null : outbox.postOf(redacted);
  if (!post) return;
  const runs = meetings.all().some(({ meeting }) => isOfMeeting(post.scope, meeting.id) && meeting.phase !== "ended");
  inbox.handling(eventId, () => {
    if (runs && !outbox.isInThread(redacted)) outbox.lost(redacted);
    else outbox.takenAwayByPeople(redacted);
  });
}
