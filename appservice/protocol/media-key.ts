import { z } from "zod";

/** Bytes of a key. */
export const MEDIA_KEY_BYTES = 32;
/**
 * Keys that a ring holds: a key's place in it is its epoch modulo this. A frame could name one more, for which libwebrtc,
 * asked for a ring of 256, has no room: it makes one of 255 (`MAX_KEYRING_SIZE`), and a frame that names the last place
 * ends its process.
 */
export const KEY_RING_SIZE = 255;

/** Milliseconds for which senders go on with the key of before, so that everybody can have got the new one. */
export const OVERLAP_MS = 2_000;

/**
 * Key by which the sound, pictures and captions of an encrypted room's call are encrypted end to end, one for everybody
 * in it. An `epoch` lasts until somebody leaves the call. `key`: random bytes, in base64; frames are encrypted by
 * AES-GCM with the 128 bits that HKDF-SHA-256 makes of them (LiveKit, "End-to-end encryption").
 */
export const MediaKey = z.object({
  epoch: z.number().int().nonnegative(),
  key: z.base64().length(44),
});
export type MediaKey = z.infer<typeof MediaKey>;

/** Keys of a call, the newest last; the others are still in use for a moment. */
export const MediaKeys = z.array(MediaKey).max(8);
export type MediaKeys = z.infer<typeof MediaKeys>;

/** `POST /rooms/ROOM/call/keys`: the keys of the room's call. */
export const MediaKeysResponse = z.object({ keys: MediaKeys });
export type MediaKeysResponse = z.infer<typeof MediaKeysResponse>;
