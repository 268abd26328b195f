import * as crypto from "@matrix-org/matrix-sdk-crypto-wasm";
import { z } from "zod";
import { OneByOne } from "./one-by-one.ts";
import type { Account } from "./requests.ts";
import { DeviceRequests } from "./requests.ts";
import type { SyncAnswer } from "./sync.ts";

const KEY_PATHS = new Map<crypto.RequestType, string>([
  [crypto.RequestType.KeysUpload, "/keys/upload"],
  [crypto.RequestType.KeysQuery, "/keys/query"],
  [crypto.RequestType.KeysClaim, "/keys/claim"],
  [crypto.RequestType.SignatureUpload, "/keys/signatures/upload"],
]);
/**
 * Rounds of requests at one time: an answer may bring about a request more. The next sync goes on with those that are
 * left.
 */
const MOST_ROUNDS = 5;

const Uploaded = z.object({ one_time_key_counts: z.record(z.string(), z.number()) });

type Outgoing = Awaited<ReturnType<crypto.OlmMachine["outgoingRequests"]>>[number];

/** One device of the bot's: a machine in memory, and the requests that it wants made. */
export class OlmDevice {
  readonly requests: DeviceRequests;
  readonly machine: crypto.OlmMachine;
  readonly userId: string;
  readonly #flushing = new OneByOne();
  /** One-time keys that the homeserver has, as last heard: where none are named the machine makes another fifty. */
  #oneTimeKeys: ReadonlyMap<string, number> | null = null;
  readonly #rooms = new Map<string, OneByOne>();

  private constructor(machine: crypto.OlmMachine, requests: DeviceRequests, userId: string) {
    this.machine = machine;
    this.requests = requests;
    this.userId = userId;
  }

  static async open(account: Account, device: string): Promise<OlmDevice> {
    await crypto.initAsync();
    const machine = await crypto.OlmMachine.initialize(new crypto.UserId(account.userId), new crypto.DeviceId(device));
    return new OlmDevice(machine, new DeviceRequests(account, device), account.userId);
  }

  /** Makes a request of the machine's, and tells it the answer. */
  readonly send = async (request: Outgoing): Promise<void> => {
    const answer = await this.#answerTo(request);
    if (request.type === crypto.RequestType.KeysUpload)
      this.#oneTimeKeys = new Map(Object.entries(Uploaded.parse(JSON.parse(answer)).one_time_key_counts));
    if (request.id !== undefined) await this.machine.markRequestAsSent(request.id, request.type, answer);
  };

  #answerTo(request: Outgoing): Promise<string> {
    if (request instanceof crypto.ToDeviceRequest)
      return this.requests.ask(
        "PUT",
        `/sendToDevice/${encodeURIComponent(request.event_type)}/${encodeURIComponent(request.txn_id)}`,
        request.body,
      );
    const path = KEY_PATHS.get(request.type);
    if (path === undefined || !("body" in request))
      throw new Error(`a request of type ${request.type} is not made here`);
    return this.requests.ask("POST", path, request.body);
  }

  /** Makes the requests that the machine wants made, until it wants none. */
  flush(): Promise<void> {
    return this.#flushing.run(async () => {
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const wanted = await this.machine.outgoingRequests();
        if (wanted.length === 0) return;
        for (const request of wanted) await this.send(request);
      }
    });
  }

  /** Takes in what a sync brought. Returns the sessions whose keys came with it. */
  async feed(answer: SyncAnswer): Promise<string[]> {
    const unused = answer.device_unused_fallback_key_types;
    this.#oneTimeKeys = new Map(Object.entries(answer.device_one_time_keys_count));
    const came = await this.machine.receiveSyncChanges(
      JSON.stringify(answer.to_device.events),
      new crypto.DeviceLists(answer.device_lists.changed.map(userId), answer.device_lists.left.map(userId)),
      new Map(this.#oneTimeKeys),
      unused ? new Set(unused) : undefined,
      settings(),
    );
    return came.flatMap(({ rawEvent }) => sessionOf(rawEvent));
  }

  /** Asks anew which devices somebody has, at the next message that is meant for them. */
  async mayHaveChanged(who: string): Promise<void> {
    if (this.#oneTimeKeys === null) return this.machine.markAllTrackedUsersAsDirty();
    await this.machine.receiveSyncChanges(
      "[]",
      new crypto.DeviceLists([userId(who)], []),
      new Map(this.#oneTimeKeys),
      undefined,
      settings(),
    );
  }

  /** Makes known which devices these people have. */
  async know(people: readonly string[]): Promise<void> {
    await this.machine.updateTrackedUsers(people.map(userId));
    await this.flush();
  }

  /**
   * Encrypts for the devices of these people. `beforeUse`: a new session's key is kept before anything is sent with it.
   */
  encrypt(
    room: string,
    people: readonly string[],
    type: string,
    content: Readonly<Record<string, unknown>>,
    beforeUse: () => Promise<void>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const inTurn = this.#rooms.get(room) ?? new OneByOne();
    this.#rooms.set(room, inTurn);
    return inTurn.run(async () => {
      await this.know(people);
      await this.#flushing.run(async () => {
        const claim = await this.machine.getMissingSessions(people.map(userId));
        if (claim) await this.send(claim);
      });
      const sharing = new crypto.EncryptionSettings();
      for (const request of await this.machine.shareRoomKey(new crypto.RoomId(room), people.map(userId), sharing))
        await this.send(request);
      await beforeUse();
      const written = await this.machine.encryptRoomEvent(new crypto.RoomId(room), type, JSON.stringify(content));
      return JSON.parse(written) as Readonly<Record<string, unknown>>;
    });
  }
}

/** Lets everybody in the room be read: whom we believe what is decided after that, by `decrypting.ts`. */
export function settings(): crypto.DecryptionSettings {
  return new crypto.DecryptionSettings(crypto.TrustRequirement.Untrusted);
}

const userId = (id: string) => new crypto.UserId(id);

function sessionOf(rawEvent: string): string[] {
  const { type, content } = JSON.parse(rawEvent) as { type?: unknown; content?: { session_id?: unknown } };
  const isKey = type === "m.room_key" || type === "m.forwarded_room_key";
  return isKey && typeof content?.session_id === "string" ? [content.session_id] : [];
}
