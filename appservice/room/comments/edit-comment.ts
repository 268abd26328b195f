import { mayWriteInto } from "../../circle/agreement.ts";
import type { Inbox } from "../../journal/inbox.ts";
import type { LiveMeeting } from "../../journal/live-meeting.ts";
import type { Meetings } from "../../journal/meetings.ts";
import { shortened } from "../../language/shortened.ts";
import type { EventId, RoomId } from "../../protocol/identity.ts";
import type { KeptComment } from "../../record/kept-comment.ts";
import { hasEdit, keptComment } from "../../record/state.ts";
import type { RoomEventOf } from "../room-event.ts";
import { type TypedContent, typedWords } from "../typed-words.ts";
import { whatIsFull } from "./comment-bounds.ts";
import { MOST_LETTERS, timeOf } from "./comment-text.ts";
import { tellFull, type TellFullDeps } from "./tell-full.ts";

export type EditCommentDeps = TellFullDeps & {
  readonly meetings: Pick<Meetings, "withMessage" | "note">;
  readonly inbox: Pick<Inbox, "handling">;
};

/**
 * Edits a comment, for its writer alone; the homeserver sees to that, and so do we. `content`: as it stands there now;
 * null for nothing that is of the record.
 */
export function editComment(
  event: RoomEventOf<"m.room.message">,
  target: EventId,
  content: TypedContent | null,
  deps: EditCommentDeps,
): void {
  const live = withComment(event.room_id, target, deps);
  const before = live && keptComment(live.record, target);
  if (!live || !before || before.who !== event.sender) return;
  // Words that they have edited away do not stand, and the words in their place are not to be written.
  const text =
    content === null || !mayWriteInto(live.meeting, before.who) ? "" : shortened(typedWords(content), MOST_LETTERS);
  const full =
    text === ""
      ? null
      : whatIsFull(live, { who: before.who, circle: before.circle, letters: text.length, instead: target });
  if (full)
    return deps.inbox.handling(event.event_id, () =>
      tellFull(full, event, { live, circle: before.circle, name: before.name }, deps),
    );
  const change = { type: "comment-edited", id: target, text, edit: event.event_id, at: timeOf(event) } as const;
  deps.inbox.handling(event.event_id, () => deps.meetings.note(live.meeting.id, change));
}

/**
 * Removes a comment, or an edit of one, that its writer or a moderator took back: the homeserver lets nobody else. The
 * text before an edit stands again.
 */
export function removeComment(
  event: RoomEventOf<"m.room.redaction">,
  redacted: EventId,
  { meetings, inbox }: Pick<EditCommentDeps, "meetings" | "inbox">,
): void {
  const live = meetings.withMessage(event.room_id, redacted);
  if (!live) return;
  const { record, meeting } = live;
  const made = keptComment(record, redacted)
    ? ({ type: "comment-removed", id: redacted, by: event.sender, at: timeOf(event) } as const)
    : hasEdit(record, redacted)
      ? ({ type: "comment-edit-removed", edit: redacted } as const)
      : null;
  if (made) inbox.handling(event.event_id, () => meetings.note(meeting.id, made));
}

export type FindCommentDeps = { readonly meetings: Pick<Meetings, "withMessage"> };

export function commentIn(room: RoomId, id: EventId, deps: FindCommentDeps): KeptComment | null {
  const live = withComment(room, id, deps);
  return live && keptComment(live.record, id);
}

function withComment(room: RoomId, id: EventId, { meetings }: FindCommentDeps): LiveMeeting | null {
  const live = meetings.withMessage(room, id);
  return live && keptComment(live.record, id) ? live : null;
}
