import { isE2EESupported } from "livekit-client";
import EncryptionWorker from "livekit-client/e2ee-worker?worker";
import type { MediaKey } from "@mindminder/protocol/media-key.ts";
import { CallKeys } from "./call-keys.ts";
import { EpochKeys } from "./epoch-keys.ts";
import { neverOpen } from "./never-open.ts";

/** Thrown where the browser cannot encrypt what it sends to a call. */
export class EncryptionUnsupported extends Error {
  override readonly name = "EncryptionUnsupported";
}

/** End-to-end encryption of one connection to a call. This and its worker are loaded for encrypted rooms alone. */
export class CallEncryption {
  readonly ring = new EpochKeys();
  readonly worker = new EncryptionWorker();
  readonly keys: CallKeys;
  /** Called when there is a key that was not there before. */
  onNewKey: () => void = () => {};

  /** Throws `EncryptionUnsupported`, and rejects where the keys do not come. */
  static async open(fetch: () => Promise<readonly MediaKey[]>): Promise<CallEncryption> {
    if (!isE2EESupported()) throw new EncryptionUnsupported("This browser cannot encrypt calls.");
    const encryption = new CallEncryption(fetch);
    try {
      await encryption.keys.begin();
    } catch (failure) {
      encryption.close();
      throw failure;
    }
    return encryption;
  }

  private constructor(fetch: () => Promise<readonly MediaKey[]>) {
    neverOpen(this.worker);
    this.keys = new CallKeys({ fetch, ring: this.ring, onNewKey: () => this.onNewKey() });
  }

  close(): void {
    this.keys.close();
    this.worker.terminate();
  }
}
