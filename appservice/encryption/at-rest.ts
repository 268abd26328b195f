import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import { ServiceError } from "../protocol/mindminder-error.ts";
import { randomBytes } from "../time/chance.ts";

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Keys in the database were written with another key file, or have been changed. */
export class KeysUnreadable extends ServiceError {
  constructor(what: string, options?: ErrorOptions) {
    super("KEYS_UNREADABLE", `the room keys in the database cannot be read with this key file (${what})`, options);
  }
}

/**
 * Encrypts key material for the database, by a key made from the secret in the key file (HKDF-SHA-256, AES-256-GCM).
 * `what` names the place: material of one place is not taken for another's.
 */
export class AtRest {
  readonly #key: Uint8Array;

  constructor(secret: string) {
    this.#key = new Uint8Array(hkdfSync("sha256", secret, "", "org.mindminder.keys-at-rest", 32));
  }

  seal(text: string, what: string): Uint8Array {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, iv).setAAD(Buffer.from(what));
    return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  }

  /** Throws `KeysUnreadable`. */
  open(sealed: Uint8Array, what: string): string {
    try {
      const decipher = createDecipheriv(CIPHER, this.#key, sealed.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(what))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      const opened = decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES));
      return Buffer.concat([opened, decipher.final()]).toString("utf8");
    } catch (error) {
      throw new KeysUnreadable(what, { cause: error });
    }
  }
}
