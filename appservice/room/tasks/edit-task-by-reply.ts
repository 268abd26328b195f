import type { LiveMeeting } from "../../journal/meetings.ts";
import { taskIn } from "../../record/found-items.ts";
import { ofRoom } from "../../journal/scope.ts";
import { shortened } from "../../language/shortened.ts";
import { type Translate, translateTo } from "../../language/translate.ts";
import { Correction } from "../../protocol/correction.ts";
import { refusalText } from "../answer-command.ts";
import { isTooOld } from "../too-old.ts";
import type { FacilitatorDeps } from "../facilitator.ts";
import { answer, notice, reaction } from "../messages/message.ts";
import { type RoomEventOf, wordsOf } from "../room-event.ts";
import { readTaskEdit, type TaskEdit } from "./read-task-edit.ts";
import { taskOfPost } from "./task-of-post.ts";

type MessageEvent = RoomEventOf<"m.room.message">;
type Meant = { readonly live: LiveMeeting; readonly task: string };

/**
 * The task that a message answers; null for all other messages. One in a thread without an answer to anything names
 * none.
 */
export function taskRepliedTo(
  { content, room_id: room }: MessageEvent,
  { outbox, meetings }: FacilitatorDeps,
): Meant | null {
  const relation = content["m.relates_to"];
  const target = relation?.is_falling_back ? undefined : relation?.["m.in_reply_to"]?.event_id;
  const post = content.msgtype !== "m.text" || target === undefined ? null : outbox.postOf(target);
  const named = post && taskOfPost(post);
  const live = named && meetings.readNow(room, named.meeting);
  return live && named ? { live, task: named.task } : null;
}

/** ✅ or a sentence that says what was not understood; then nothing has changed. */
export async function editTaskByReply(
  event: MessageEvent,
  { live, task }: Meant,
  options: FacilitatorDeps,
): Promise<void> {
  const { admissions, inbox, outbox, poster, meetings, languageOf, dayNamed, now, wallClock } = options;
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
    const relation = content["m.relates_to"];
    const threadRoot = relation?.rel_type === "m.thread" ? (relation.event_id ?? null) : null;
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
