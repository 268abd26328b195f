import { KeyDerivationFunction } from "@livekit/rtc-ffi-bindings";
import { EncryptionType, KeyProvider, type RemoteTrackPublication, type Room as RtcRoom } from "@livekit/rtc-node";
import { KEY_RING_SIZE, type MediaKey } from "../protocol/media-key.ts";

type ConnectOptions = NonNullable<Parameters<RtcRoom["connect"]>[2]>;

/**
 * Settings of rtc-node for a call that is encrypted end to end: the same as the page's
 * (`widget/src/model/call/epoch-keys.ts`), or nothing is heard. Keys come from the service alone, so that none is
 * guessed from the one before. `encryption` covers data as well, which the older `e2ee` does not. No keys: the call is
 * open.
 */
export function encryptedBy(keys: readonly MediaKey[]): Pick<ConnectOptions, "encryption"> {
  const newest = keys.at(-1);
  if (!newest) return {};
  return {
    encryption: {
      encryptionType: EncryptionType.GCM,
      keyProviderOptions: {
        sharedKey: bytesOf(newest),
        ratchetSalt: new TextEncoder().encode("LKFrameEncryptionKey"),
        ratchetWindowSize: 0,
        failureTolerance: -1,
        keyRingSize: KEY_RING_SIZE,
        keyDerivationFunction: KeyDerivationFunction.HKDF,
      },
    },
  };
}

/** Adds keys to those by which a connection decrypts; what it sends as data is encrypted by the last. */
export function takeKeys({ e2eeManager }: RtcRoom, keys: readonly MediaKey[]): void {
  // rtc-node has no public way to the keys of a connection.
  const provider: unknown = e2eeManager && Reflect.get(e2eeManager, "keyProvider");
  if (!(provider instanceof KeyProvider)) return;
  for (const key of keys) provider.setSharedKey(bytesOf(key), key.epoch % KEY_RING_SIZE);
}

/** Tells whether a track is encrypted, as its sender says; one that says so and is not is heard as silence. */
export function isEncrypted({ encryptionType }: Pick<RemoteTrackPublication, "encryptionType">): boolean {
  return encryptionType === EncryptionType.GCM;
}

const bytesOf = ({ key }: MediaKey) => Buffer.from(key, "base64");
