import * as crypto from "@matrix-org/matrix-sdk-crypto-wasm";
import { randomBytes } from "../../time/chance.ts";
import { Failures } from "../../retry/pace.ts";
import { sleep, wallClock } from "../../time/time.ts";
import type { DeviceActs, DeviceOptions, DeviceStatus, FileInfo, KeeperActs } from "../acts.ts";
import { AtRest } from "../at-rest.ts";
import type { Exchange } from "../exchange.ts";
import type { KeptKeys } from "../kept.ts";
import { askForKey } from "./ask-for-key.ts";
import { Decrypting } from "./decrypting.ts";
import { signDevice } from "./identity.ts";
import { OlmDevice } from "./machine.ts";
import { type Account, devicesOf, dropDevice, putDevice, RequestRefused } from "./requests.ts";
import { RoomKeys } from "./room-keys.ts";
import { Sleepers } from "./sleepers.ts";
import { syncOnce } from "./sync.ts";

const NAME = "Mindminder";
const POLL_MS = 30_000;
const PACE = { firstMs: 500, longestMs: 30_000 };
/** A sleeper's inbox grows while the service is up, and takes a millisecond for each session to drain. */
const SLEEPER_LASTS_MS = 24 * 3600_000;

type Keeper = Exchange<KeeperActs>["ask"];

/** The bot's device as long as this thread lives: a new one with each start, signed by the kept identity. */
export class BotDevice {
  readonly #keeper: Keeper;
  readonly #stopping = new AbortController();
  #parts: Parts | null = null;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  /**
   * Order of a start: device, identity, room keys, a new sleeper, what came for the old ones; then the devices of
   * before are let go.
   */
  async start(options: DeviceOptions, kept: KeptKeys): Promise<DeviceStatus> {
    const atRest = new AtRest(options.secret);
    const { url, asToken, userId } = options;
    const account: Account = { url, asToken, userId };
    const id = `MM${randomBytes(6).toString("hex").toUpperCase()}`;
    const keep = async (change: Parameters<KeeperActs["keep"]>[0]) => void (await this.#keeper("keep", change));
    await putDevice(account, id, NAME);
    const device = await OlmDevice.open(account, id);
    await device.flush();
    const onUploadedAgain = () =>
      this.#tell("warn", null, "the homeserver had another identity of the bot's: the kept one stands there again");
    const fingerprint = await signDevice(kept.identity, { device, atRest, keep, onUploadedAgain });
    const roomKeys = new RoomKeys({ machine: device.machine, atRest, keep });
    const spoiled = await roomKeys.takeUp(kept.roomKeys);
    if (spoiled > 0)
      this.#tell(
        "warn",
        null,
        `${spoiled} room keys in the database are spoiled: what was written with them stays unread`,
      );
    await device.machine.registerRoomKeyUpdatedCallback(async (infos) => {
      for (const { sessionId } of infos) roomKeys.note(sessionId);
    });
    const sleepers = new Sleepers({
      account,
      device,
      atRest,
      roomKeys,
      keep,
      now: wallClock,
      onKeys: (sessions) => this.#keysCame(sessions),
      tell: (error, message) => this.#tell("warn", error, message),
    });
    await sleepers.change(kept.sleepers);
    const ours = new Set([id, ...sleepers.ids]);
    for (const other of await devicesOf(account)) if (!ours.has(other)) await dropDevice(account, other);
    this.#parts = { device, roomKeys, sleepers, fingerprint, decrypting: new Decrypting({ device, roomKeys }) };
    void sleepers.drainOn(this.#stopping.signal).catch(() => {});
    void this.#syncOn(this.#parts);
    return this.status();
  }

  acts(): DeviceActs {
    return {
      start: (options, kept) => this.start(options, kept),
      decrypt: (event) => this.#up.decrypting.decrypt(event),
      encrypt: async (room, people, type, content) => {
        const { device, roomKeys } = this.#up;
        return device.encrypt(room, people, type, content, async () => void (await roomKeys.keepNoted()));
      },
      encryptFile,
      decryptFile,
      cameIn: (who) => this.#up.device.mayHaveChanged(who),
      askForKey: (event) => askForKey(event, this.#up.device),
      status: () => this.status(),
    };
  }

  status(): DeviceStatus {
    const { device, fingerprint, sleepers, roomKeys } = this.#up;
    return {
      device: device.machine.deviceId.toString(),
      fingerprint,
      sleepers: sleepers.ids.length,
      roomKeys: roomKeys.size,
    };
  }

  get #up(): Parts {
    if (!this.#parts) throw new Error("the device is not up yet");
    return this.#parts;
  }

  /**
   * Feeds an answer, then keeps its keys, and only then takes the next token, by which the homeserver may forget the
   * answer.
   */
  async #syncOn({ device, roomKeys }: Parts): Promise<void> {
    const began = wallClock();
    const failures = new Failures(PACE);
    let since: string | null = null;
    while (wallClock() - began < SLEEPER_LASTS_MS) {
      try {
        const came = await syncOnce(device.requests, since, since === null ? 0 : POLL_MS);
        for (const session of await device.feed(came)) roomKeys.note(session);
        this.#keysCame(await roomKeys.keepNoted());
        since = came.next_batch;
        await device.flush();
        failures.reset();
      } catch (error) {
        this.#tell("warn", error, "what was sent to the bot's device could not be fetched; trying again");
        if (isGone(error)) break;
        await sleep(failures.add());
      }
    }
    // The main thread starts another, which lays down a new sleeper and wakes this one's.
    process.exit(0);
  }

  #keysCame(sessions: readonly string[]): void {
    if (sessions.length > 0) void this.#keeper("keysCame", sessions);
  }

  #tell(level: Parameters<KeeperActs["tell"]>[0], error: unknown, message: string): void {
    const reason = error instanceof Error ? error.message : String(error);
    void this.#keeper("tell", level, error === null ? {} : { reason }, message);
  }
}

type Parts = {
  readonly device: OlmDevice;
  readonly roomKeys: RoomKeys;
  readonly sleepers: Sleepers;
  readonly fingerprint: string;
  readonly decrypting: Decrypting;
};

/** Somebody deleted the device; Synapse answers an unknown one with 400 (MSC4326). */
function isGone(error: unknown): boolean {
  return error instanceof RequestRefused && (error.code === "M_UNKNOWN_DEVICE" || error.code === "M_UNKNOWN_TOKEN");
}

function encryptFile(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly info: FileInfo } {
  const file = crypto.Attachment.encrypt(bytes);
  const info = JSON.parse(file.mediaEncryptionInfo ?? "{}") as FileInfo;
  return { bytes: file.encryptedData, info };
}

/** Null where the file is not the one that the event speaks of. */
function decryptFile(bytes: Uint8Array, { url: _, ...info }: FileInfo): Uint8Array | null {
  try {
    return crypto.Attachment.decrypt(new crypto.EncryptedAttachment(bytes, JSON.stringify(info)));
  } catch {
    return null;
  }
}
