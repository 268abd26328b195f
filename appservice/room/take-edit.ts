import type { RoomId } from "../protocol/identity.ts";
import { z } from "zod";
import { answerCommand, isCommand, wasCarriedOut, wasCommand } from "./answer-command.ts";
import type { FacilitatorDeps } from "./facilitator.ts";
import { MessageContent, type RoomEventOf } from "./room-event.ts";
import { commentIn, editComment, takeComment } from "./take-comment.ts";

type MessageEvent = RoomEventOf<"m.room.message">;

/** Milliseconds within which a slip of the finger is put right; later the circle has moved on. */
const PUT_RIGHT_WITHIN_MS = 10 * 60_000;

const Original = z.object({ sender: z.string(), origin_server_ts: z.number(), content: MessageContent });

/** The message that an edit changes; null for what is no edit (Matrix specification, "Event replacements"). */
export function editedBy({ content }: MessageEvent): string | null {
  const relation = content["m.relates_to"];
  return relation?.rel_type === "m.replace" ? (relation.event_id ?? null) : null;
}

/**
 * Takes a typed message that was put into other words. A comment has the new ones; a command that had been mistyped
 * is carried out, and one that was carried out is not done again; one that had been meant for the bot and is a remark
 * now becomes a comment.
 */
export async function takeEdit(event: MessageEvent, target: string, options: FacilitatorDeps): Promise<void> {
  const { content, room_id: room } = event;
  const changed = {
    ...event,
    content: { ...content, ...(content["m.new_content"] ?? withoutStar(content)), "m.relates_to": undefined },
  };
  const commented = commentIn(room, target, options) !== null;
  if (isCommand(changed)) {
    const original = await originalOf(room, target, options);
    if (isPutRight(event, target, original, options)) {
      await answerCommand(
        { ...changed, content: { ...changed.content, "m.relates_to": original?.content["m.relates_to"] } },
        options,
        target,
      );
      return editComment(event, target, null, options);
    }
  }
  if (commented) return editComment(event, target, changed.content, options);
  if (wasCommand(room, target, options)) return isCommand(changed) ? undefined : takeComment(changed, options, target);
  // An edit without new words changes nothing, so it is a message like others.
  if (!content["m.new_content"]) return takeComment(changed, options);
}

function isPutRight(
  event: MessageEvent,
  target: string,
  original: z.infer<typeof Original> | null,
  options: FacilitatorDeps,
): boolean {
  const { room_id: room, sender, origin_server_ts: sentAt } = event;
  if (wasCarriedOut(room, target, options)) return false;
  const comment = commentIn(room, target, options);
  const [by, at] = original
    ? [original.sender, original.origin_server_ts]
    : comment
      ? [comment.who, comment.at]
      : [null, sentAt];
  if (by === null) return wasCommand(room, target, options);
  return by === sender && sentAt - at <= PUT_RIGHT_WITHIN_MS;
}

async function originalOf(
  room: RoomId,
  target: string,
  { homeserver }: FacilitatorDeps,
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
