import type { EventId, RoomId } from "../../protocol/identity.ts";
import { z } from "zod";
import { answerCommand, type AnswerCommandDeps } from "../commands/answer-command.ts";
import { isCommand, type KnownCommandDeps, wasCarriedOut, wasCommand } from "../commands/typed-command.ts";
import { commentIn, editComment, type EditCommentDeps, type FindCommentDeps } from "../comments/edit-comment.ts";
import { takeComment, type TakeCommentDeps } from "../comments/take-comment.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { Homeserver } from "../homeserver.ts";
import { MessageContent, type RoomEventOf } from "../room-event.ts";

type MessageEvent = RoomEventOf<"m.room.message">;

/** Milliseconds within which a slip of the finger is put right; later the circle has moved on. */
const PUT_RIGHT_WITHIN_MS = 10 * 60_000;

const Original = z.object({ sender: z.string(), origin_server_ts: z.number(), content: MessageContent });

type OriginalDeps = { readonly homeserver: Pick<Homeserver, "event"> };

export type EditedMessageDeps = AnswerCommandDeps &
  EditCommentDeps &
  TakeCommentDeps &
  KnownCommandDeps &
  OriginalDeps & { readonly meetings: Pick<Meetings, "withMessageByAndBy"> };

/**
 * Takes a typed message that was put into other words. A comment has the new ones; a command that had been mistyped
 * is carried out, and one that was carried out is not done again; one that had been meant for the bot and is a remark
 * now becomes a comment.
 */
export async function handleEdited(event: MessageEvent, target: EventId, deps: EditedMessageDeps): Promise<void> {
  const { content, room_id: room } = event;
  const changed = {
    ...event,
    content: { ...content, ...(content["m.new_content"] ?? withoutStar(content)), "m.relates_to": undefined },
  };
  // A meeting that is long over is read bit by bit; it is at hand then.
  await deps.meetings.withMessageByAndBy(room, target);
  const commented = commentIn(room, target, deps) !== null;
  if (isCommand(changed)) {
    const original = await originalOf(room, target, deps);
    if (isPutRight(event, target, original, deps)) {
      await answerCommand(
        { ...changed, content: { ...changed.content, "m.relates_to": original?.content["m.relates_to"] } },
        deps,
        target,
      );
      return editComment(event, target, null, deps);
    }
  }
  if (commented) return editComment(event, target, changed.content, deps);
  if (wasCommand(room, target, deps)) return isCommand(changed) ? undefined : takeComment(changed, deps, target);
  // An edit without new words changes nothing, so it is a message like others.
  if (!content["m.new_content"]) return takeComment(changed, deps);
}

function isPutRight(
  event: MessageEvent,
  target: EventId,
  original: z.infer<typeof Original> | null,
  deps: KnownCommandDeps & FindCommentDeps,
): boolean {
  const { room_id: room, sender, origin_server_ts: sentAt } = event;
  if (wasCarriedOut(room, target, deps)) return false;
  const comment = commentIn(room, target, deps);
  const [by, at] = original
    ? [original.sender, original.origin_server_ts]
    : comment
      ? [comment.who, comment.at]
      : [null, sentAt];
  if (by === null) return wasCommand(room, target, deps);
  return by === sender && sentAt - at <= PUT_RIGHT_WITHIN_MS;
}

async function originalOf(
  room: RoomId,
  target: EventId,
  { homeserver }: OriginalDeps,
): Promise<z.infer<typeof Original> | null> {
  return Original.safeParse(await homeserver.event(room, target)).data ?? null;
}

/** Removes the star that stands before the new words for clients that know no edits. */
function withoutStar({
  msgtype,
  body,
  filename,
}: MessageContent): Pick<MessageContent, "msgtype" | "body" | "filename"> {
  return { msgtype, body: body.startsWith("* ") ? body.slice(2) : body, filename };
}
