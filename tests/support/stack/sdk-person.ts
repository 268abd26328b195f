import * as sdk from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";
import { type CryptoApi, EventShieldColour } from "matrix-js-sdk/lib/crypto-api/index.js";
import type { Synapse } from "./synapse.ts";

// Some of the library's parts know no other logger than its own, which tells everything.
Object.assign(logger, { methodFactory: () => () => {} });
if ("rebuild" in logger && typeof logger.rebuild === "function") logger.rebuild();
const QUIET = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, log() {} };
const quiet: NonNullable<sdk.ICreateClientOpts["logger"]> = { ...QUIET, getChild: () => quiet };

/**
 * Somebody at a client made of matrix-js-sdk with its cryptography, as Element is: with an identity, threads and a list
 * of rooms.
 */
export class SdkPerson {
  readonly client: sdk.MatrixClient;

  private constructor(client: sdk.MatrixClient) {
    this.client = client;
  }

  /** With an account made for this, logged in, with an identity that has signed the device, and synced. */
  static async register({ url, registerUser }: Pick<Synapse, "url" | "registerUser">, name: string) {
    const { userId, accessToken, deviceId } = await registerUser(name, { displayName: name });
    const client = sdk.createClient({ baseUrl: url, userId, accessToken, deviceId, logger: quiet });
    await client.initRustCrypto({ useIndexedDB: false });
    const person = new SdkPerson(client);
    await person.crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: async (ask) => void (await ask(null)) });
    const synced = new Promise<void>((resolve) => {
      client.on(sdk.ClientEvent.Sync, (state) => {
        if (state === sdk.SyncState.Prepared) resolve();
      });
    });
    await client.startClient({ initialSyncLimit: 20, threadSupport: true });
    await synced;
    return person;
  }

  get userId(): string {
    return this.client.getSafeUserId();
  }

  get crypto(): CryptoApi {
    const crypto = this.client.getCrypto();
    if (!crypto) throw new Error(`${this.userId} has no keys`);
    return crypto;
  }

  /** A private room as Element makes one: encrypted, by invitation, with its history for members. */
  async createPrivateRoom(name: string): Promise<string> {
    const { room_id: room } = await this.client.createRoom({
      name,
      preset: sdk.Preset.PrivateChat,
      visibility: sdk.Visibility.Private,
      initial_state: [
        { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } },
        { type: "m.room.guest_access", state_key: "", content: { guest_access: "can_join" } },
        { type: "m.room.history_visibility", state_key: "", content: { history_visibility: "shared" } },
      ],
    });
    return room;
  }

  /** Resolves with the first event of a room, seen already or still to come, that can be read and fits. */
  seen(
    room: string,
    fits: (event: sdk.MatrixEvent) => boolean,
    what: string,
    within = 90_000,
  ): Promise<sdk.MatrixEvent> {
    const lookedAt = new Set<sdk.MatrixEvent>();
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.client.off(sdk.MatrixEventEvent.Decrypted, look);
        this.client.off(sdk.RoomEvent.Timeline, look);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`${this.userId} waited for ${what} in vain. Seen: ${[...lookedAt].map(textOf).join(" | ")}`));
      }, within);
      const look = (event: sdk.MatrixEvent) => {
        if (event.getRoomId() !== room) return;
        lookedAt.add(event);
        // Not opened yet: it comes again.
        if (event.getType() === "m.room.encrypted") return;
        if (!fits(event)) return;
        end();
        resolve(event);
      };
      this.client.on(sdk.MatrixEventEvent.Decrypted, look);
      this.client.on(sdk.RoomEvent.Timeline, look);
      for (const event of this.eventsOf(room)) look(event);
    });
  }

  /** All events of a room that the client has: those of its timeline, and of its threads. */
  eventsOf(room: string): sdk.MatrixEvent[] {
    const known = this.client.getRoom(room);
    const threads = known?.getThreads() ?? [];
    return [...(known?.getLiveTimeline().getEvents() ?? []), ...threads.flatMap(({ events }) => events)];
  }

  /** Sends a command; the bot's answer to it: its reply, or the sign that it set under it. */
  async command(room: string, text: string): Promise<string> {
    const { event_id: id } = await this.client.sendTextMessage(room, text);
    const answer = await this.seen(
      room,
      (event) => event.getRelation()?.event_id === id || event.replyEventId === id,
      `an answer to “${text}”`,
    );
    return textOf(answer);
  }

  /** Mark that Element sets beside a message: none, a grey or a red one. */
  async markOf(event: sdk.MatrixEvent): Promise<"none" | "grey" | "red" | "open"> {
    const info = await this.crypto.getEncryptionInfoForEvent(event);
    if (!info) return "open";
    if (info.shieldColour === EventShieldColour.NONE) return "none";
    return info.shieldColour === EventShieldColour.RED ? "red" : "grey";
  }

  close(): void {
    this.client.stopClient();
  }
}

function textOf(event: sdk.MatrixEvent): string {
  return String(event.getRelation()?.key ?? event.getContent()["body"] ?? event.getType());
}
