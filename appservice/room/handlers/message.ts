import { answerCommand, type AnswerCommandDeps } from "../commands/answer-command.ts";
import { isCommand } from "../commands/typed-command.ts";
import { takeComment, type TakeCommentDeps } from "../comments/take-comment.ts";
import type { Homeserver } from "../homeserver.ts";
import { editedBy } from "../relations.ts";
import type { RoomEventOf } from "../room-event.ts";
import {
  editTaskByReply,
  type EditTaskDeps,
  taskRepliedTo,
  type TaskRepliedToDeps,
} from "../tasks/edit-task-by-reply.ts";
import { type EditedMessageDeps, handleEdited } from "./edited-message.ts";

export type MessageDeps = AnswerCommandDeps &
  EditedMessageDeps &
  TaskRepliedToDeps &
  EditTaskDeps &
  TakeCommentDeps & { readonly homeserver: Pick<Homeserver, "botId"> };

/** Tells a message's part: an edit, a command, an answer to a task, or a comment on what is said. */
export async function handleMessage(event: RoomEventOf<"m.room.message">, deps: MessageDeps): Promise<void> {
  if (event.sender === deps.homeserver.botId) return;
  const edited = editedBy(event);
  if (edited !== null) return handleEdited(event, edited, deps);
  if (isCommand(event)) return answerCommand(event, deps);
  const task = await taskRepliedTo(event, deps);
  return task ? editTaskByReply(event, task, deps) : takeComment(event, deps);
}
