import { z } from "zod";
import { EventId } from "../protocol/identity.ts";
import type { KeptKeys, KeptChange } from "./kept.ts";

/** By what the thread of the keys makes itself the bot's device. */
export type DeviceOptions = {
  readonly url: string;
  readonly asToken: string;
  readonly userId: string;
  /** Secret of the key file. */
  readonly secret: string;
};

/** An encrypted event as the homeserver sent it, with its room. */
export const EncryptedEvent = z.looseObject({
  event_id: EventId,
  room_id: z.string(),
  type: z.literal("m.room.encrypted"),
  sender: z.string(),
  content: z.record(z.string(), z.unknown()),
});
export type EncryptedEvent = z.infer<typeof EncryptedEvent>;

/**
 * Reasons for which an event is not read. The first two may pass: its key, or its writer's device, may yet become
 * known.
 */
export type Unread = "no-key" | "unknown-device" | "withheld" | "forged" | "broken";

export type DecryptedEvent =
  | {
      readonly type: string;
      readonly content: Readonly<Record<string, unknown>>;
      readonly session: string;
      /** Place of the message in its session. */
      readonly index: number;
    }
  | { readonly unread: Unread; readonly session: string; readonly why: string };

/** Where an encrypted file's key and hashes stand in an event, without its address (Matrix, "EncryptedFile"). */
export type FileInfo = Readonly<Record<string, unknown>>;

export type DeviceStatus = {
  readonly device: string;
  /** Public part of the identity's master key, by which a person compares whom they talk to. */
  readonly fingerprint: string;
  readonly sleepers: number;
  readonly roomKeys: number;
};

/** Requests to the thread of the keys. */
export type DeviceActs = {
  readonly start: (options: DeviceOptions, kept: KeptKeys) => Promise<DeviceStatus>;
  readonly decrypt: (event: EncryptedEvent) => Promise<DecryptedEvent>;
  readonly encrypt: (
    room: string,
    people: readonly string[],
    type: string,
    content: Readonly<Record<string, unknown>>,
  ) => Promise<Readonly<Record<string, unknown>>>;
  readonly encryptFile: (bytes: Uint8Array) => { readonly bytes: Uint8Array; readonly info: FileInfo };
  readonly decryptFile: (bytes: Uint8Array, info: FileInfo) => Uint8Array | null;
  /** Somebody came into a room: their devices are to be asked for anew. */
  readonly cameIn: (who: string) => Promise<void>;
  /** Asks the device that wrote an event for the key that it has not sent. */
  readonly askForKey: (event: EncryptedEvent) => Promise<void>;
  readonly status: () => DeviceStatus;
};

/** Requests of that thread to the service. */
export type KeeperActs = {
  /** Written when it returns. */
  readonly keep: (change: KeptChange) => void;
  /** Sessions that can be read now. */
  readonly keysCame: (sessions: readonly string[]) => void;
  readonly tell: (level: "info" | "warn" | "error", about: Readonly<Record<string, unknown>>, message: string) => void;
};
