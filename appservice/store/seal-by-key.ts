import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";
import { randomBytes } from "../time/chance.ts";

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals bytes by a key (AES-256-GCM), bound to their place: what is sealed there is not taken for another's. */
export function sealByKey(bytes: Uint8Array, key: KeyObject, place: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(place));
  return Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Null where something was changed, or sealed by another key or for another place. */
export function openByKey(sealed: Uint8Array, key: KeyObject, place: string): Buffer | null {
  try {
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(place))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}
