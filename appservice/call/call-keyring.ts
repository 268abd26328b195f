import type { RoomId } from "../protocol/identity.ts";
import type { MediaKey } from "../protocol/media-key.ts";

/** Keys of encrypted rooms' calls, the newest last; a call without any is open. */
export type CallKeyring = {
  /** Makes the first key of an encrypted room, too. */
  begin(room: RoomId): Promise<MediaKey[]>;
  /** Epoch of the newest key; null: the call is open, or nobody has come into it yet. */
  epochOf(room: RoomId): number | null;
};
