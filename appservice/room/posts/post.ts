import type { Meeting } from "../../circle/meeting.ts";
import type { Post } from "../../journal/outbox.ts";
import type { MeetingId } from "../../protocol/identity.ts";
import type { RoomContent } from "../messages/message.ts";
import { standingIn } from "../rests.ts";

/** `ids`: on whose words it rests. */
export type InThread = (key: string, content: RoomContent, ids: readonly string[]) => Post;

/** Several messages for one thing: the first under its name, the others counted. */
export function numbered(key: string, contents: readonly RoomContent[], inThread: InThread): Post[] {
  return contents.map((content, part) =>
    inThread(part === 0 ? key : `${key}:${part + 1}`, content, standingIn(content)),
  );
}

export function post(
  { id, roomId: room }: Pick<Meeting, "id" | "roomId">,
  key: string,
  content: RoomContent,
  thread: string | null,
  ids: readonly string[] = [],
  of: MeetingId = id,
): Post {
  const rests = ids.length > 0 ? { rests: { meeting: of, ids } } : {};
  return { scope: id, key, room, thread, type: "m.room.message", content, ...rests };
}
