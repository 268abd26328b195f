import type { EventId, RoomId } from "../protocol/identity.ts";

/** An event as the homeserver gives it. */
type Given = {
  readonly event_id: EventId;
  readonly room_id: string;
  readonly type: string;
  readonly [field: string]: unknown;
};

/**
 * Port by which rooms use encryption. Without it encrypted rooms stay closed to the bot. A call that has
 * to wait for the bot's device throws an error that may pass.
 */
export type RoomEncryption = {
  /** False where it is not set up, or is out of order until an admin mends it. */
  readonly works: () => boolean;
  /** Opens an event that was sent to us. `later`: it comes again by itself; `never`: nobody may act on it. */
  readonly open: (event: Given) => Promise<Given | "later" | "never">;
  /** Opens an event that was fetched; what cannot be read stays as it is. */
  readonly opened: (event: Given) => Promise<Given>;
  readonly seal: (
    room: RoomId,
    type: string,
    content: unknown,
  ) => Promise<{ readonly type: string; readonly content: unknown }>;
  readonly sealFile: (
    room: RoomId,
    bytes: Uint8Array,
  ) => Promise<{ readonly bytes: Uint8Array; readonly keep: (mxc: string) => void } | null>;
  readonly openFile: (bytes: Uint8Array, info: Readonly<Record<string, unknown>>) => Promise<Uint8Array | null>;
  /**
   * Seals a text for this service alone, by its key file. `place`: what is sealed for one is not taken for another's.
   */
  readonly sealText: (text: string, place: string) => string;
  /** Null where another key file sealed it, or it was changed. */
  readonly openText: (sealed: string, place: string) => string | null;
  /** Somebody came into a room. */
  readonly cameIn: (who: string) => void;
};
