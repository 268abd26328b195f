import { startOf } from "../../circle/meeting.ts";
import { z } from "zod";
import type { Admissions } from "../../admission/admission.ts";
import { answerOf, mayBeWritten } from "../../circle/agreement.ts";
import { type LiveMeeting, placeOf } from "../../journal/live-meeting.ts";
import type { Meetings } from "../../journal/meetings.ts";
import { shortened } from "../../language/shortened.ts";
import { actorSeen } from "../../protocol/actor.ts";
import type { EventId, ParticipantId, RoomId } from "../../protocol/identity.ts";
import type { WaitingComment } from "../../record/event.ts";
import type { Homeserver } from "../homeserver.ts";
import { RoomEvent } from "../room-event.ts";
import { typedWords } from "../typed-words.ts";
import { whatIsFull } from "./comment-bounds.ts";
import { MOST_LETTERS, timeOf } from "./comment-text.ts";

/**
 * Most comments that wait for their writer's agreement: more than anybody types before they say whether these may be
 * taken.
 */
const MOST_WAITING = 20;

export type CommentWaitsDeps = { readonly meetings: Pick<Meetings, "note" | "send"> };

/** Notes that a comment waits. Only its place is kept: its writer is asked, once, and says whether it may be taken. */
export function commentWaits(
  comment: WaitingComment,
  { live, name, at }: { readonly live: LiveMeeting; readonly name: string; readonly at: number },
  { meetings }: CommentWaitsDeps,
): void {
  const { meeting, record } = live;
  if (
    answerOf(meeting, comment.who) === false ||
    record.waiting.filter(({ who }) => who === comment.who).length >= MOST_WAITING
  )
    return;
  meetings.note(meeting.id, { type: "comment-waits", ...comment });
  meetings.send(placeOf(live), {
    type: "seek-agreement",
    actor: actorSeen(comment.who, "chat", name),
    name,
    message: comment.id,
    expectedVersion: null,
    at,
  });
}

export type WaitingCommentsDeps = {
  readonly meetings: Pick<Meetings, "of" | "placeFor" | "noteAsItStands">;
  readonly admissions: Pick<Admissions, "nameOf">;
  readonly homeserver: Pick<Homeserver, "event">;
};

/**
 * Takes messages that somebody typed before they agreed: their answer is for these, too, and they are read where they
 * stand. Of a person who did not agree, nothing waits any longer.
 */
export async function takeWaiting(
  room: RoomId,
  who: ParticipantId,
  { meetings, admissions, homeserver }: WaitingCommentsDeps,
): Promise<void> {
  const live = meetings.of(meetings.placeFor(room, who));
  if (!live) return;
  const agreed = mayBeWritten(live.meeting, who);
  for (const { id, circle, turn } of live.record.waiting.filter((each) => each.who === who)) {
    const text = agreed ? await textThere(room, id as EventId, who, homeserver) : null;
    const name = text === null ? null : await admissions.nameOf(room, who);
    // They may have taken their yes back, or the message, while the homeserver was asked.
    meetings.noteAsItStands(live.meeting.id, (newest) => {
      if (!newest.record.waiting.some((each) => each.id === id)) return undefined;
      if (text === null || name === null || !mayBeWritten(newest.meeting, who)) return { type: "comment-dropped", id };
      if (whatIsFull(newest, { who, circle, letters: text.words.length })) return { type: "comment-dropped", id };
      const at = Math.max(text.at, startOf(newest.meeting)?.startedAt ?? 0);
      return { type: "comment-made", comment: { id, circle, turn, who, name, at, text: text.words } };
    });
  }
}

/**
 * A message as it reads now; null where it was taken back. Its last edit comes bundled with it (Client-Server API,
 * "Server-side aggregation of m.replace").
 */
async function textThere(
  room: RoomId,
  id: EventId,
  who: ParticipantId,
  homeserver: WaitingCommentsDeps["homeserver"],
): Promise<{ words: string; at: number } | null> {
  const found = await homeserver.event(room, id);
  const parsed = RoomEvent.safeParse({ room_id: room, event_id: id, ...(found as object) });
  if (!parsed.success || parsed.data.type !== "m.room.message" || parsed.data.sender !== who) return null;
  const edit = Bundled.safeParse(found).data?.unsigned["m.relations"]["m.replace"].content["m.new_content"].body;
  const words = shortened(edit?.trim() ?? typedWords(parsed.data.content), MOST_LETTERS);
  return words === "" ? null : { words, at: timeOf(parsed.data) };
}

const Bundled = z.object({
  unsigned: z.object({
    "m.relations": z.object({
      "m.replace": z.object({ content: z.object({ "m.new_content": z.object({ body: z.string() }) }) }),
    }),
  }),
});
