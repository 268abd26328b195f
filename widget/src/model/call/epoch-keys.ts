import { BaseKeyProvider, KeyProviderEvent } from "livekit-client";
import { KEY_RING_SIZE, type MediaKey } from "@mindminder/protocol/media-key.ts";

/** Keys kept for a connection that is made anew: that of before and the newest are enough. */
const KEPT = 2;

/**
 * The keys of an encrypted call, one for everybody an epoch. A new one is added for hearing first, and one speaks by it
 * later: the library's own provider knows no second key. The settings are those of the service
 * (`appservice/scribe/media-encryption.ts`), or nothing is heard.
 */
export class EpochKeys extends BaseKeyProvider {
  readonly #keys = new Map<number, CryptoKey>();
  #speaksBy = 0;

  constructor() {
    super({
      sharedKey: true,
      ratchetSalt: "LKFrameEncryptionKey",
      // Keys come from the service alone: none is guessed from the one before.
      ratchetWindowSize: 0,
      failureTolerance: -1,
      keyringSize: KEY_RING_SIZE,
      keySize: 128,
    });
  }

  /** Epoch of the newest key; -1: there is none. */
  get newest(): number {
    return Math.max(-1, ...this.#keys.keys());
  }

  /** Adds keys for hearing; true where one of them is new. */
  async take(keys: readonly MediaKey[]): Promise<boolean> {
    const unknown = keys.filter(({ epoch }) => !this.#keys.has(epoch) && epoch > this.newest - KEPT);
    for (const { epoch, key } of unknown) {
      const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
      const material = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveBits", "deriveKey"]);
      this.#keys.set(epoch, material);
      this.#tell(epoch, false);
    }
    for (const epoch of this.#keys.keys()) if (epoch <= this.newest - KEPT - 1) this.#keys.delete(epoch);
    return unknown.length > 0;
  }

  /** Speaks by the newest key from now on. */
  goOver(): void {
    this.#speaksBy = this.newest;
    this.#tell(this.#speaksBy, true);
  }

  /** The library asks for these when it connects. */
  override getKeys() {
    return [...this.#keys].map(([epoch, key]) => ({ key, keyIndex: epoch % KEY_RING_SIZE }));
  }

  override getLatestManuallySetKeyIndex(): number {
    return this.#speaksBy % KEY_RING_SIZE;
  }

  #tell(epoch: number, speaksBy: boolean): void {
    const key = this.#keys.get(epoch);
    if (key) this.emit(KeyProviderEvent.SetKey, { key, keyIndex: epoch % KEY_RING_SIZE }, speaksBy);
  }
}
