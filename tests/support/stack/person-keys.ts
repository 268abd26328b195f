import * as crypto from "@matrix-org/matrix-sdk-crypto-wasm";

type Ask = (method: "GET" | "POST" | "PUT", path: string, body: string) => Promise<string>;
/** As much of an event as is changed when it is opened. */
type Opened = {
  readonly type: string;
  readonly room_id: string;
  readonly content: { readonly [key: string]: unknown };
};
type Outgoing = Awaited<ReturnType<crypto.OlmMachine["outgoingRequests"]>>[number];

/** The part of a person's sync that is about encryption. */
export type SyncOfKeys = {
  readonly to_device?: { readonly events?: readonly unknown[] };
  readonly device_lists?: { readonly changed?: readonly string[]; readonly left?: readonly string[] };
  readonly device_one_time_keys_count?: Readonly<Record<string, number>>;
  readonly device_unused_fallback_key_types?: readonly string[];
};

const PATHS = new Map<crypto.RequestType, string>([
  [crypto.RequestType.KeysUpload, "/keys/upload"],
  [crypto.RequestType.KeysQuery, "/keys/query"],
  [crypto.RequestType.KeysClaim, "/keys/claim"],
  [crypto.RequestType.SignatureUpload, "/keys/signatures/upload"],
]);

const users = (ids: readonly string[] = []) => ids.map((id) => new crypto.UserId(id));
export const believing = () => new crypto.DecryptionSettings(crypto.TrustRequirement.Untrusted);

/** A person's own device with its keys, as their client has it: the same cryptography as Element's. */
export class PersonKeys {
  readonly machine: crypto.OlmMachine;
  /** Messages after which a new session begins. */
  rotateAfter = 100;
  /** Hears of each type that is sent to this device. */
  onToDevice: (type: string) => void = () => {};
  readonly #ask: Ask;
  #turn: Promise<unknown> = Promise.resolve();

  static async open(userId: string, deviceId: string, ask: Ask): Promise<PersonKeys> {
    await crypto.initAsync();
    const made = await crypto.OlmMachine.initialize(new crypto.UserId(userId), new crypto.DeviceId(deviceId));
    const keys = new PersonKeys(made, ask);
    await keys.#inTurn(() => keys.#flush());
    return keys;
  }

  private constructor(machine: crypto.OlmMachine, ask: Ask) {
    this.machine = machine;
    this.#ask = ask;
  }

  /** Takes in what a sync brought. */
  take(sync: SyncOfKeys): Promise<void> {
    return this.#inTurn(async () => {
      for (const { type } of (sync.to_device?.events ?? []) as { type: string }[]) this.onToDevice(type);
      const unused = sync.device_unused_fallback_key_types;
      await this.machine.receiveSyncChanges(
        JSON.stringify(sync.to_device?.events ?? []),
        new crypto.DeviceLists(users(sync.device_lists?.changed), users(sync.device_lists?.left)),
        new Map(Object.entries(sync.device_one_time_keys_count ?? {})),
        unused ? new Set(unused) : undefined,
        believing(),
      );
      await this.#flush();
    });
  }

  /** The event as it was written; null where its key is not here. */
  async read<E extends Opened>(event: E): Promise<E | null> {
    try {
      const opened = await this.machine.decryptRoomEvent(
        JSON.stringify(event),
        new crypto.RoomId(event.room_id),
        believing(),
      );
      const { type, content } = JSON.parse(opened.event) as Pick<Opened, "type" | "content">;
      return { ...event, type, content };
    } catch {
      return null;
    }
  }

  /** Mark that a client sets on a message; null: none. */
  async shieldOf(event: Opened): Promise<string | null> {
    const info = await this.machine.getRoomEventEncryptionInfo(JSON.stringify(event), new crypto.RoomId(event.room_id));
    return info.shieldState(false).message ?? null;
  }

  /** Content of an encrypted event, for the devices of these people. */
  write(room: string, people: readonly string[], type: string, content: object): Promise<object> {
    return this.#inTurn(async () => {
      await this.machine.updateTrackedUsers(users(people));
      await this.#flush();
      const claim = await this.machine.getMissingSessions(users(people));
      if (claim) await this.#send(claim);
      const settings = new crypto.EncryptionSettings();
      settings.rotationPeriodMessages = BigInt(this.rotateAfter);
      for (const request of await this.machine.shareRoomKey(new crypto.RoomId(room), users(people), settings))
        await this.#send(request);
      return JSON.parse(
        await this.machine.encryptRoomEvent(new crypto.RoomId(room), type, JSON.stringify(content)),
      ) as object;
    });
  }

  async #flush(): Promise<void> {
    for (let wanted = await this.machine.outgoingRequests(); wanted.length > 0; ) {
      for (const request of wanted) await this.#send(request);
      wanted = await this.machine.outgoingRequests();
    }
  }

  async #send(request: Outgoing): Promise<void> {
    const answer =
      request instanceof crypto.ToDeviceRequest
        ? await this.#ask("PUT", `/sendToDevice/${request.event_type}/${request.txn_id}`, request.body)
        : await this.#ask("POST", PATHS.get(request.type) ?? "", "body" in request ? request.body : "{}");
    if (request.id !== undefined) await this.machine.markRequestAsSent(request.id, request.type, answer);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}
