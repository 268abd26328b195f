import type { Outbox } from "../journal/outbox.ts";
import type { Post } from "../journal/post.ts";
import type { PostKey } from "../journal/post-key.ts";
import { ofRoom } from "../journal/scope.ts";
import type { RoomId } from "../protocol/identity.ts";
import { type Line, notice } from "./messages/message.ts";
import type { Poster } from "./poster.ts";

export type SayDeps = { readonly outbox: Pick<Outbox, "want">; readonly poster: Pick<Poster, "wake"> };

/** Says something to all of a room; under the same key once. `under`: what the same moment puts under it. */
export function sayInRoom(
  room: RoomId,
  key: PostKey,
  lines: readonly Line[],
  { outbox, poster }: SayDeps,
  under: readonly Post[] = [],
): void {
  const said: Post = { scope: ofRoom(room), key, room, thread: null, type: "m.room.message", content: notice(lines) };
  outbox.want([said, ...under]);
  poster.wake(room);
}
