import { createCipheriv, createDecipheriv, createHash, hkdfSync } from "node:crypto";
import { ServiceError } from "../../protocol/mindminder-error.ts";
import { randomBytes } from "../../time/chance.ts";

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Something in Redis was sealed by another key, for another piece, or was changed. */
export class SealBroken extends ServiceError {
  constructor(place: string, options?: ErrorOptions) {
    super("FLEET_SEAL_BROKEN", `${place} was not sealed by this key, or has been changed`, options);
  }
}

/**
 * Seals sound and text for Redis, by a key made from the secret in the key file (HKDF-SHA-256, AES-256-GCM). `place`
 * names the piece and what it is of it: what belongs to one piece is not taken for another's.
 */
export class FleetSeal {
  readonly #key: Uint8Array;
  /** Tells fleets of different keys apart on one Redis, and nothing about the key. */
  readonly fingerprint: string;

  constructor(secret: string) {
    this.#key = derived(secret, "org.mindminder.fleet", 32);
    this.fingerprint = Buffer.from(derived(secret, "org.mindminder.fleet.name", 6)).toString("hex");
  }

  seal(content: Uint8Array, place: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, iv).setAAD(Buffer.from(place));
    return Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  }

  /** Throws `SealBroken`. */
  open(sealed: Uint8Array, place: string): Buffer {
    try {
      const decipher = createDecipheriv(CIPHER, this.#key, sealed.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch (error) {
      throw new SealBroken(place, { cause: error });
    }
  }
}

const derived = (secret: string, use: string, length: number) =>
  new Uint8Array(hkdfSync("sha256", secret, "", use, length));

/** Short name of workers that do the same, for a queue of their own. */
export const shortHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 10);
