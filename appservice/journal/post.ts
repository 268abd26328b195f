import type { EventId, RoomId } from "../protocol/identity.ts";
import type { PostKey } from "./post-key.ts";
import type { Scope } from "./scope.ts";
import type { Rests } from "./standing-versions.ts";

/** Names a message of ours. */
export type PostName = { readonly scope: Scope; readonly key: PostKey };

/** A message that should stand in a room. */
export type Post = PostName & {
  readonly room: RoomId;
  /** Key of the message in whose thread this one stands, or to which this is a reaction. */
  readonly thread: PostKey | null;
  /** Event type: a message, or a reaction of the bot's. */
  readonly type: "m.room.message" | "m.reaction";
  readonly content: Readonly<{ [key: string]: unknown }>;
  /** Words on which it rests; left out: on nobody's. */
  readonly rests?: Rests;
};

/** Key in the content of a reaction, or of a message, that is to stand no longer. */
export const TAKEN_AWAY = "taken-away";

export type WaitingPost = Post & {
  readonly revision: number;
  /** The same each time this revision is tried, so that the homeserver takes it once. */
  readonly transactionId: string;
  /** Set when the message stands already, and this revision edits it. */
  readonly eventId: EventId | null;
  /** People whom the message mentions as it stands; null where it was sent before this was noted down. */
  readonly mentioned: readonly string[] | null;
  readonly threadRoot: string | null;
  readonly threadLatest: string | null;
  /** True where it stood before in other words, which were taken away: it rings for nobody. */
  readonly again: boolean;
};

/** People whom a message mentions (`m.mentions`, Matrix v1.7). */
export function mentionedIn(content: Post["content"]): string[] {
  const { user_ids: ids } = (content["m.mentions"] ?? {}) as { readonly user_ids?: readonly string[] };
  return [...(ids ?? [])];
}
