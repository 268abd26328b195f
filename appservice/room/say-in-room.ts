import type { Outbox } from "../journal/outbox.ts";
import type { PostKey } from "../journal/post-key.ts";
import { ofRoom } from "../journal/scope.ts";
import type { RoomId } from "../protocol/identity.ts";
import { type Line, notice } from "./messages/message.ts";
import type { Poster } from "./poster.ts";

export type SayDeps = { readonly outbox: Pick<Outbox, "want">; readonly poster: Pick<Poster, "wake"> };

/** Says something to all of a room; under the same key once. */
export function sayInRoom(room: RoomId, key: PostKey, lines: readonly Line[], { outbox, poster }: SayDeps): void {
  outbox.want([{ scope: ofRoom(room), key, room, thread: null, type: "m.room.message", content: notice(lines) }]);
  poster.wake(room);
}
