import type { Meeting } from "../../circle/meeting.ts";
import type { Post } from "../../journal/post.ts";
import type { PostKey } from "../../journal/post-key.ts";
import { ofMeeting } from "../../journal/scope.ts";
import type { Rests } from "../../journal/standing-versions.ts";
import type { RoomContent } from "../messages/message.ts";
import { standingIn } from "../rests.ts";

/** `ids`: on whose words it rests. */
export type InThread = (key: PostKey, content: RoomContent, ids: readonly string[]) => Post;

/** Makes several messages for one thing. `part` counts from 1 on. */
export function numbered(
  keyOf: (part: number) => PostKey,
  contents: readonly RoomContent[],
  inThread: InThread,
): Post[] {
  return contents.map((content, place) => inThread(keyOf(place + 1), content, standingIn(content)));
}

export function post(
  { id, roomId: room }: Pick<Meeting, "id" | "roomId">,
  key: PostKey,
  content: RoomContent,
  thread: PostKey | null,
  ids: readonly string[] = [],
  of: Rests["meeting"] = id,
): Post {
  const rests = ids.length > 0 ? { rests: { meeting: of, ids } } : {};
  return { scope: ofMeeting(id), key, room, thread, type: "m.room.message", content, ...rests };
}
