import { circleOf, startOf, turnOf } from "../../circle/meeting.ts";
import type { EventId } from "../../protocol/identity.ts";
import type { Admissions } from "../../admission/admission.ts";
import { mayBeWritten } from "../../circle/agreement.ts";
import type { Inbox } from "../../journal/inbox.ts";
import type { LiveMeeting } from "../../journal/live-meeting.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { Outbox } from "../../journal/outbox.ts";
import { isOfMeeting } from "../../journal/scope.ts";
import { shortened } from "../../language/shortened.ts";
import { threadOf } from "../relations.ts";
import type { RoomEventOf } from "../room-event.ts";
import { typedWords } from "../typed-words.ts";
import { whatIsFull } from "./comment-bounds.ts";
import { MOST_LETTERS, timeOf } from "./comment-text.ts";
import { tellFull, type TellFullDeps } from "./tell-full.ts";
import { commentWaits, type CommentWaitsDeps } from "./waiting-comments.ts";

type MessageEvent = RoomEventOf<"m.room.message">;

export type TakeCommentDeps = CommentWaitsDeps &
  TellFullDeps & {
    readonly meetings: Pick<Meetings, "of" | "placeFor">;
    readonly admissions: Pick<Admissions, "nameOf">;
    readonly inbox: Pick<Inbox, "handling">;
    readonly outbox: Pick<Outbox, "postOf">;
    readonly now: () => number;
  };

/**
 * Takes a message typed while a circle runs into its record, beside what is said. `edited`: the message that became a
 * comment by this edit of it.
 */
export async function takeComment(
  event: MessageEvent,
  deps: TakeCommentDeps,
  edited: EventId | null = null,
): Promise<void> {
  const { meetings, admissions, inbox, now } = deps;
  const { event_id: id, room_id: room, sender: who, content } = event;
  const text = shortened(typedWords(content), MOST_LETTERS);
  if (text === "" || !runs(meetings.of(meetings.placeFor(room, who)))) return;
  const name = await admissions.nameOf(room, who);
  inbox.handling(id, () => {
    const live = meetings.of(meetings.placeFor(room, who));
    if (!live || !runs(live)) return;
    const turn = turnOf(live.meeting);
    const startedAt = startOf(live.meeting)?.startedAt ?? null;
    const circle = circleAt(event, live, deps) ?? circleOf(live.meeting)?.index ?? 0;
    if (!mayBeWritten(live.meeting, who))
      return void commentWaits({ id, who, circle, turn: turn?.id ?? null }, { live, name, at: now() }, deps);
    const full = whatIsFull(live, { who, circle, letters: text.length });
    if (full) return tellFull(full, event, { live, circle, name }, deps);
    const at = Math.max(timeOf(event), startedAt ?? 0);
    const comment = {
      id: edited ?? id,
      circle,
      turn: turn?.id ?? null,
      who,
      name,
      at,
      text: edited === null ? text : "",
    };
    meetings.note(live.meeting.id, { type: "comment-made", comment });
    // Words that stood before the edit were no words of the meeting.
    if (edited !== null) meetings.note(live.meeting.id, { type: "comment-edited", id: edited, text, edit: id, at });
  });
}

function runs(live: LiveMeeting | null): boolean {
  return live?.meeting.phase === "circle" || live?.meeting.phase === "between";
}

/** Finds the circle of a message: one in the thread of an earlier circle speaks to that circle. */
function circleAt(
  event: MessageEvent,
  { meeting }: LiveMeeting,
  { outbox }: Pick<TakeCommentDeps, "outbox">,
): number | null {
  const thread = threadOf(event);
  const root = thread ? outbox.postOf(thread) : null;
  return root?.key.kind === "circle" && isOfMeeting(root.scope, meeting.id) ? root.key.circle : null;
}
