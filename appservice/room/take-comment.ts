import { answerOf, mayBeWritten, mayWriteInto } from "../circle/agreement.ts";
import { shortened } from "../language/shortened.ts";
import { z } from "zod";
import type { KeptComment } from "../record/kept-comment.ts";
import type { LiveMeeting } from "../journal/meetings.ts";
import type { WaitingComment } from "../record/event.ts";
import { hasEdit, keptComment } from "../record/state.ts";
import type { PostKey } from "../journal/post-key.ts";
import { isOfMeeting, ofRoom } from "../journal/scope.ts";
import { actorSeen } from "../protocol/actor.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { translateTo } from "../language/translate.ts";
import { type Full, whatIsFull } from "./comment-bounds.ts";
import type { FacilitatorDeps } from "./facilitator.ts";
import { answer, notice } from "./messages/message.ts";
import { RoomEvent, type RoomEventOf } from "./room-event.ts";
import { typedWords, type TypedContent } from "./typed-words.ts";

type MessageEvent = RoomEventOf<"m.room.message">;

const MOST_LETTERS = 2_000;

/**
 * Takes a message typed while a circle runs into its record, beside what is said. `edited`: the message that became a
 * comment by this edit of it.
 */
export async function takeComment(
  event: MessageEvent,
  options: FacilitatorDeps,
  edited: string | null = null,
): Promise<void> {
  const { meetings, admissions, inbox, now } = options;
  const { event_id: id, room_id: room, sender: who, content } = event;
  const text = shortened(typedWords(content), MOST_LETTERS);
  if (text === "" || !runs(meetings.of(room))) return;
  const name = await admissions.nameOf(room, who);
  inbox.handling(id, () => {
    const live = meetings.of(room);
    if (!live || !runs(live)) return;
    const { turn, startedAt } = live.meeting;
    const circle = circleAt(event, live, options) ?? live.meeting.circle?.index ?? 0;
    if (!mayBeWritten(live.meeting, who))
      return void waits({ id, who, circle, turn: turn?.id ?? null }, { live, name, at: now() }, options);
    const full = whatIsFull(live, { who, circle, letters: text.length });
    if (full) return tellFull(full, event, { live, circle, name }, options);
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

/**
 * Most comments that wait for their writer's agreement: more than anybody types before they say whether these may be
 * taken.
 */
const MOST_WAITING = 20;

/** Notes that a comment waits. Only its place is kept: its writer is asked, once, and says whether it may be taken. */
function waits(
  comment: WaitingComment,
  { live, name, at }: { live: LiveMeeting; name: string; at: number },
  { meetings }: FacilitatorDeps,
): void {
  const { meeting, record } = live;
  if (
    answerOf(meeting, comment.who) === false ||
    record.waiting.filter(({ who }) => who === comment.who).length >= MOST_WAITING
  )
    return;
  meetings.note(meeting.id, { type: "comment-waits", ...comment });
  meetings.send(meeting.roomId, {
    type: "seek-agreement",
    actor: actorSeen(comment.who, "chat", name),
    name,
    message: comment.id,
    expectedVersion: null,
    at,
  });
}

/**
 * Takes messages that somebody typed before they agreed: their answer is for these, too, and they are read where they
 * stand. Of a person who did not agree, nothing waits any longer.
 */
export async function takeWaiting(
  room: RoomId,
  who: ParticipantId,
  { meetings, admissions, homeserver }: FacilitatorDeps,
): Promise<void> {
  const live = meetings.of(room);
  if (!live) return;
  const agreed = mayBeWritten(live.meeting, who);
  for (const { id, circle, turn } of live.record.waiting.filter((each) => each.who === who)) {
    const text = agreed ? await textThere(room, id, who, homeserver) : null;
    const newest = meetings.bringBack(live.meeting.id) ?? live;
    const kept = text && !whatIsFull(newest, { who, circle, letters: text.words.length }) ? text : null;
    if (!kept) meetings.note(live.meeting.id, { type: "comment-dropped", id });
    else
      meetings.note(live.meeting.id, {
        type: "comment-made",
        comment: {
          id,
          circle,
          turn,
          who,
          name: await admissions.nameOf(room, who),
          at: Math.max(kept.at, live.meeting.startedAt ?? 0),
          text: kept.words,
        },
      });
  }
}

/** A message as it reads now; null where it was taken back. Its last edit comes bundled with it (Client-Server API, "Server-side aggregation of m.replace"). */
async function textThere(
  room: RoomId,
  id: string,
  who: ParticipantId,
  homeserver: FacilitatorDeps["homeserver"],
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

/** Tells each person whom it concerns once: its key is the same each time. */
function tellFull(
  full: Full,
  { event_id: eventId, room_id: room, sender, content }: MessageEvent,
  { live: { meeting }, circle, name }: { live: LiveMeeting; circle: number; name: string },
  { outbox, poster }: FacilitatorDeps,
): void {
  const of = full === "person" ? { circle, who: sender } : null;
  const key: PostKey = { kind: "comments-full", meeting: meeting.id, of };
  if (outbox.isKnown(ofRoom(room), key)) return;
  const t = translateTo(meeting.language);
  const relation = content["m.relates_to"];
  const threadRoot = relation?.rel_type === "m.thread" ? (relation.event_id ?? null) : null;
  const said = notice([full === "person" ? t("comments.full-person", { name }) : t("comments.full-meeting")]);
  outbox.want([
    {
      scope: ofRoom(room),
      key,
      room,
      thread: null,
      type: "m.room.message",
      content: answer(said, { eventId, threadRoot }),
    },
  ]);
  poster.wake(room);
}

/**
 * Edits a comment, for its writer alone; the homeserver sees to that, and so do we. `content`: as it stands there now;
 * null for nothing that is of the record.
 */
export function editComment(
  event: MessageEvent,
  target: string,
  content: TypedContent | null,
  options: FacilitatorDeps,
): void {
  const live = withComment(event.room_id, target, options);
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
    return options.inbox.handling(event.event_id, () =>
      tellFull(full, event, { live, circle: before.circle, name: before.name }, options),
    );
  const change = { type: "comment-edited", id: target, text, edit: event.event_id, at: timeOf(event) } as const;
  options.inbox.handling(event.event_id, () => options.meetings.note(live.meeting.id, change));
}

/**
 * Removes a comment, or an edit of one, that its writer or a moderator took back: the homeserver lets nobody else. The
 * text before an edit stands again.
 */
export function removeComment(
  event: RoomEventOf<"m.room.redaction">,
  redacted: string,
  options: FacilitatorDeps,
): void {
  const { meetings, inbox } = options;
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

function timeOf({ origin_server_ts: sentAt }: Pick<MessageEvent, "origin_server_ts">): number {
  return Math.max(Math.round(sentAt), 0);
}

export function commentIn(room: RoomId, id: string, options: FacilitatorDeps): KeptComment | null {
  const live = withComment(room, id, options);
  return live && keptComment(live.record, id);
}

function withComment(room: RoomId, id: string, { meetings }: FacilitatorDeps): LiveMeeting | null {
  const live = meetings.withMessage(room, id);
  return live && keptComment(live.record, id) ? live : null;
}

function runs(live: LiveMeeting | null): boolean {
  return live?.meeting.phase === "circle" || live?.meeting.phase === "between";
}

/** Finds the circle of a message: one in the thread of an earlier circle speaks to that circle. */
function circleAt({ content }: MessageEvent, { meeting }: LiveMeeting, { outbox }: FacilitatorDeps): number | null {
  const relation = content["m.relates_to"];
  const root = relation?.rel_type === "m.thread" && relation.event_id ? outbox.postOf(relation.event_id) : null;
  return root?.key.kind === "circle" && isOfMeeting(root.scope, meeting.id) ? root.key.circle : null;
}
