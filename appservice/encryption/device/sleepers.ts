import * as crypto from "@matrix-org/matrix-sdk-crypto-wasm";
import { z } from "zod";
import { sleep } from "../../time/time.ts";
import type { AtRest } from "../at-rest.ts";
import type { KeptChange, KeptSleeper } from "../kept.ts";
import { type OlmDevice, settings } from "./machine.ts";
import { type Account, DeviceRequests, dropDevice, putDevice, RequestRefused } from "./requests.ts";
import type { RoomKeys } from "./room-keys.ts";
import { syncOnce } from "./sync.ts";

const NAME = "Mindminder (asleep)";
/**
 * Key of its pickle and the pickle; the latter never changes, so that neither a crash nor an old backup can harm it.
 */
const Asleep = z.object({ key: z.string(), data: z.string() });
const MadeDevice = z.object({
  device_id: z.string(),
  device_data: z.unknown(),
  device_keys: z.unknown(),
  one_time_keys: z.unknown(),
  fallback_keys: z.unknown(),
});

/**
 * Somebody whose list of devices is a little old still writes for the sleepers of before: these are drained for so
 * long.
 */
const DRAINED_FOR_MS = 60_000;
const DRAIN_AFTER_MS = [1_000, 3_000, 10_000, 46_000];
const MOST_AWAKE = 4;

export type SleepersDeps = {
  readonly account: Account;
  readonly device: OlmDevice;
  readonly atRest: AtRest;
  readonly roomKeys: RoomKeys;
  readonly keep: (change: KeptChange) => Promise<void>;
  readonly now: () => number;
  readonly onKeys: (sessions: readonly string[]) => void;
  readonly tell: (error: unknown, message: string) => void;
};

type Woken = { readonly id: string; readonly drain: () => Promise<void>; readonly letGo: () => Promise<void> };

/**
 * Sleeping devices: the cryptography of dehydrated devices (MSC3814) on ordinary ones of an appservice (MSC4190).
 * Others send room keys to them as to any device of the bot's, so that what is written while the service is down can be
 * read by the next machine.
 */
export class Sleepers {
  readonly #deps: SleepersDeps;
  readonly #ids = new Set<string>();
  #awake: Woken[] = [];

  constructor(deps: SleepersDeps) {
    this.#deps = deps;
  }

  get ids(): readonly string[] {
    return [...this.#ids];
  }

  /** Lays a new one down; then wakes those that were kept, the oldest first, and takes what came for them. */
  async change(kept: readonly KeptSleeper[]): Promise<void> {
    for (const { id } of kept) this.#ids.add(id);
    await this.#layDown();
    for (const [place, sleeper] of kept.entries()) await this.#wake(sleeper, place >= kept.length - MOST_AWAKE);
  }

  /** Goes on draining the woken ones for a while, then lets them go. */
  async drainOn(signal: AbortSignal): Promise<void> {
    for (const ms of DRAIN_AFTER_MS) {
      await sleep(ms, { signal });
      for (const { drain } of this.#awake) await drain().catch((error: unknown) => this.#failed(error));
    }
    for (const { letGo } of this.#awake) await letGo().catch((error: unknown) => this.#failed(error));
    this.#awake = [];
  }

  /** It is kept before anybody can claim its keys. */
  async #layDown(): Promise<void> {
    const { account, device, atRest, keep, now } = this.#deps;
    const key = crypto.DehydratedDeviceKey.createRandomKey();
    const key64 = key.toBase64(); // the key is used up by what follows
    const made = await (await device.machine.dehydratedDevices().create()).keysForUpload(NAME, key);
    const { device_id: id, device_data: data, ...keys } = MadeDevice.parse(JSON.parse(made.body));
    const asleep = { key: key64, data: JSON.stringify(data) };
    await keep({ sleeper: { id, sealed: atRest.seal(JSON.stringify(asleep), placeOf(id)), made: now(), woken: null } });
    this.#ids.add(id);
    await putDevice(account, id, NAME);
    await new DeviceRequests(account, id).ask("POST", "/keys/upload", JSON.stringify(keys));
  }

  async #wake(sleeper: KeptSleeper, isRecent: boolean): Promise<void> {
    const { keep, now } = this.#deps;
    const { id, woken } = sleeper;
    const awake = await this.#rehydrated(sleeper).catch(async (error: unknown) => {
      // Spoiled in the database: what others sent to it is lost, and nothing else.
      this.#failed(error);
      await this.#forget(id);
    });
    if (!awake) return;
    try {
      await awake.drain();
      if (!isRecent || now() - (woken ?? now()) > DRAINED_FOR_MS) return await awake.letGo();
      if (woken === null) await keep({ woken: { id, at: now() } });
      this.#awake.push(awake);
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      if (error.status >= 500) throw error;
      // The homeserver does not know it: killed before it was uploaded, or let go and not forgotten here.
      this.#failed(error);
      await this.#forget(id);
    }
  }

  async #rehydrated({ id, sealed }: KeptSleeper): Promise<Woken> {
    const { account, device, atRest, roomKeys, onKeys } = this.#deps;
    const { key, data } = Asleep.parse(JSON.parse(atRest.open(sealed, placeOf(id))));
    const machine = await device.machine
      .dehydratedDevices()
      .rehydrate(
        crypto.DehydratedDeviceKey.createKeyFromArray(Buffer.from(key, "base64")),
        new crypto.DeviceId(id),
        data,
      );
    const requests = new DeviceRequests(account, id);
    let since: string | null = null;
    const drain = async () => {
      for (;;) {
        const { to_device: came, next_batch: next } = await syncOnce(requests, since, 0);
        if (came.events.length > 0) {
          const infos = await machine.receiveEvents(JSON.stringify(came.events), settings());
          for (const { sessionId } of await infos) roomKeys.note(sessionId);
          onKeys(await roomKeys.keepNoted());
        }
        // The next request with this token lets the homeserver forget what came.
        since = next;
        if (came.events.length === 0) return;
      }
    };
    const letGo = async () => {
      await dropDevice(account, id);
      await this.#forget(id);
    };
    return { id, drain, letGo };
  }

  async #forget(id: string): Promise<void> {
    this.#ids.delete(id);
    await this.#deps.keep({ sleeperGone: id });
  }

  #failed(error: unknown): void {
    this.#deps.tell(error, "a sleeping device could not be woken");
  }
}

const placeOf = (id: string) => `sleeper ${id}`;
