import type { Outbox } from "../journal/outbox.ts";
import type { Post } from "../journal/post.ts";
import type { PostKey } from "../journal/post-key.ts";
import { ofRoom } from "../journal/scope.ts";
import type { Rests } from "../journal/standing-versions.ts";
import type { RoomId } from "../protocol/identity.ts";
import { type Line, notice, type RoomContent } from "./messages/message.ts";
import type { Poster } from "./poster.ts";

/** Words on which a message rests, and what the same moment puts under it. */
type SaidWith = { readonly rests?: Rests | undefined; readonly under?: readonly Post[] };

export type SayDeps = { readonly outbox: Pick<Outbox, "want">; readonly poster: Pick<Poster, "wake"> };

/** Says something to all of a room; under the same key once. `under`: what the same moment puts under it. */
export function sayInRoom(
  room: RoomId,
  key: PostKey,
  lines: readonly Line[],
  deps: SayDeps,
  under: readonly Post[] = [],
): void {
  putInRoom(room, key, notice(lines), deps, { under });
}

/** The same of a message that is made already: one that rings for somebody, say. */
export function putInRoom(
  room: RoomId,
  key: PostKey,
  content: RoomContent,
  { outbox, poster }: SayDeps,
  { rests, under = [] }: SaidWith = {},
): void {
  const place = { scope: ofRoom(room), key, room, thread: null } as const;
  const said: Post = { ...place, type: "m.room.message", content, ...(rests && { rests }) };
  outbox.want([said, ...under]);
  poster.wake(room);
}
