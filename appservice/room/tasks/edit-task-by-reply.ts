import type { Admissions } from "../../admission/admission.ts";
import type { Inbox } from "../../journal/inbox.ts";
import type { LiveMeeting } from "../../journal/live-meeting.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { Outbox } from "../../journal/outbox.ts";
import { taskIn } from "../../record/found-items.ts";
import { ofRoom } from "../../journal/scope.ts";
import { shortened } from "../../language/shortened.ts";
import { type Translate, translateTo } from "../../language/translate.ts";
import { Correction } from "../../protocol/correction.ts";
import type { Language, RoomId } from "../../protocol/identity.ts";
import { isTooOld } from "../too-old.ts";
import { answer, notice, reaction } from "../messages/message.ts";
import type { Poster } from "../poster.ts";
import { refusalText } from "../refusal-text.ts";
import { repliedTo, threadOf } from "../relations.ts";
import { type RoomEventOf, wordsOf } from "../room-event.ts";
import { readTaskEdit, type TaskEdit } from "./read-task-edit.ts";
import { taskOfPost } from "./task-of-post.ts";

type MessageEvent = RoomEventOf<"m.room.message">;
type Meant = { readonly live: LiveMeeting; readonly task: string };

export type TaskRepliedToDeps = {
  readonly outbox: Pick<Outbox, "postOf">;
  readonly meetings: Pick<Meetings, "readByAndBy">;
};

/**
 * The task that a message answers; null for all other messages. One in a thread without an answer to anything names
 * none.
 */
export async function taskRepliedTo(
  event: MessageEvent,
  { outbox, meetings }: TaskRepliedToDeps,
): Promise<Meant | null> {
  const { content, room_id: room } = event;
  const target = repliedTo(event);
  const post = content.msgtype !== "m.text" || target === undefined ? null : outbox.postOf(target);
  const named = post && taskOfPost(post);
  const live = named && (await meetings.readByAndBy(room, named.meeting));
  return live && named ? { live, task: named.task } : null;
}

export type EditTaskDeps = {
  readonly admissions: Pick<Admissions, "here">;
  readonly inbox: Pick<Inbox, "handling">;
  readonly outbox: Pick<Outbox, "want">;
  readonly poster: Pick<Poster, "wake">;
  readonly meetings: Pick<Meetings, "correct">;
  readonly languageOf: (room: RoomId) => Language;
  /** The day that words name which were written then; null: none. */
  readonly dayNamed: (words: string, at: number) => string | null;
  readonly now: () => number;
  readonly wallClock: () => number;
};

/** ✅ or a sentence that says what was not understood; then nothing has changed. */
export async function editTaskByReply(event: MessageEvent, { live, task }: Meant, deps: EditTaskDeps): Promise<void> {
  const { admissions, inbox, outbox, poster, meetings, languageOf, dayNamed, now, wallClock } = deps;
  const { event_id: eventId, room_id: room, sender: by, content } = event;
  if (isTooOld(event, wallClock)) return;
  const actor = await admissions.here(room, by, "chat");
  const t = translateTo(languageOf(room));
  inbox.handling(eventId, () => {
    const mentioned = content["m.mentions"]?.user_ids ?? [];
    const edit = readTaskEdit(wordsOf(content), {
      people: live.meeting.people,
      mentioned,
      dayNamed: (words) => dayNamed(words, now()),
    });
    const said = "problem" in edit ? problemText(edit, t) : corrected(edit.change);
    const threadRoot = threadOf(event);
    const post =
      said === null
        ? { type: "m.reaction" as const, content: reaction(eventId, "✅") }
        : { type: "m.room.message" as const, content: answer(notice([said]), { eventId, threadRoot }) };
    outbox.want([{ scope: ofRoom(room), key: { kind: "answer", event: eventId }, room, thread: null, ...post }]);
  });
  poster.wake(room);

  /** Corrects the task. Null when it is done; else the reason why not. */
  function corrected(change: Extract<TaskEdit, { change: object }>["change"]): string | null {
    // A person who changes a suggestion has taken it for a task.
    const confirmed = taskIn(live.record.minutes, task)?.item.status === "suggested" ? { status: "open" as const } : {};
    const asked = Correction.safeParse({ of: "task", id: task, ...confirmed, ...change });
    if (!asked.success) return problemText({ problem: "unknown", words: wordsOf(content) }, t);
    const decision = meetings.correct(live, asked.data, null, { actor, at: now() });
    if (!decision.accepted) return refusalText(decision.refusal, t, (id) => id);
    return decision.events.length > 0 ? null : t("correct.same");
  }
}

function problemText(edit: Exclude<TaskEdit, { change: object }>, t: Translate): string {
  if (edit.problem === "several")
    return t("task.edit.several", { name: shortened(edit.words, 60), choices: edit.choices.join(", ") });
  return t("task.edit.unknown", { words: shortened(edit.words, 80) });
}
