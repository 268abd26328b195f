import { randomUUID } from "node:crypto";
import { PersonKeys, type SyncOfKeys } from "./person-keys.ts";
import type { Synapse } from "./synapse.ts";

export type SeenEvent = {
  readonly event_id: string;
  readonly type: string;
  readonly sender: string;
  readonly state_key?: string;
  readonly origin_server_ts: number;
  readonly content: { readonly [key: string]: unknown };
  readonly room_id: string;
};

/** A sync leaves nothing out, however much happened since the last. */
const EVERYTHING = encodeURIComponent(JSON.stringify({ room: { timeline: { limit: 1_000 } } }));

type Account = { readonly userId: string; readonly accessToken: string };
type SyncResponse = SyncOfKeys & {
  next_batch: string;
  rooms?: { join?: Record<string, { timeline?: { events: SeenEvent[] }; state?: { events: SeenEvent[] } }> };
};

/**
 * Somebody at a Matrix client: speaks the client API with plain requests, so that nothing of the product checks itself.
 */
export class MatrixPerson {
  readonly userId: string;
  readonly accessToken: string;
  readonly #url: string;
  readonly #seen: SeenEvent[] = [];
  readonly #waiters = new Set<(event: SeenEvent) => void>();
  readonly #closed = new AbortController();
  readonly #encrypted = new Set<string>();
  /** Events whose key has not come yet. */
  #unread: SeenEvent[] = [];
  #keys: PersonKeys | null = null;
  #syncing: Promise<void> = Promise.resolve();

  private constructor(url: string, account: Account) {
    this.#url = url;
    this.userId = account.userId;
    this.accessToken = account.accessToken;
  }

  /** With an account made for this. */
  static async register(
    { url, registerUser }: Pick<Synapse, "url" | "registerUser">,
    name: string,
    displayName = name,
  ): Promise<MatrixPerson> {
    return MatrixPerson.open(url, await registerUser(name, { displayName }));
  }

  /** With an account and a device that has keys: writes and reads in encrypted rooms as any client does. */
  static async registerWithKeys(
    { url, registerUser }: Pick<Synapse, "url" | "registerUser">,
    name: string,
    displayName = name,
  ): Promise<MatrixPerson> {
    const account = await registerUser(name, { displayName });
    return MatrixPerson.open(url, account, account.deviceId);
  }

  /** Logged in and syncing. `device`: of one that has keys. */
  static async open(url: string, account: Account, device?: string): Promise<MatrixPerson> {
    const person = new MatrixPerson(url, account);
    if (device !== undefined)
      person.#keys = await PersonKeys.open(account.userId, device, (method, path, body) =>
        person.#request(method, path, body),
      );
    const first = await person.#sync(null, 0);
    person.#syncing = person.#syncOn(first);
    return person;
  }

  /** Logged in, with no client that follows the rooms. */
  static absent(url: string, account: Account): MatrixPerson {
    return new MatrixPerson(url, account);
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#syncing;
  }

  async ask<T = { [key: string]: unknown }>(method: "GET" | "POST" | "PUT", path: string, body?: unknown): Promise<T> {
    return JSON.parse(await this.#request(method, path, body === undefined ? undefined : JSON.stringify(body))) as T;
  }

  async #request(method: "GET" | "POST" | "PUT", path: string, body?: string): Promise<string> {
    const response = await fetch(`${this.#url}/_matrix/client/v3${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.accessToken}` },
      ...(body === undefined ? {} : { body }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return answer;
  }

  get deviceId(): string {
    return this.keys.machine.deviceId.toString();
  }

  /** The device's own keys, of a person who has some. */
  get keys(): PersonKeys {
    if (!this.#keys) throw new Error(`${this.userId} has no keys`);
    return this.#keys;
  }

  async createRoom(options: { [key: string]: unknown } = {}): Promise<string> {
    const { room_id } = await this.ask<{ room_id: string }>("POST", "/createRoom", {
      preset: "private_chat",
      name: "Council",
      ...options,
    });
    return room_id;
  }

  join(room: string): Promise<unknown> {
    return this.ask("POST", `/join/${encodeURIComponent(room)}`, {});
  }

  async say(room: string, body: string, content: object = {}): Promise<string> {
    return this.send(room, "m.room.message", { msgtype: "m.text", body, ...content });
  }

  async send(room: string, type: string, content: object): Promise<string> {
    const sealed =
      type !== "m.reaction" && (await this.#isEncrypted(room)) ? await this.seal(room, type, content) : null;
    const path = `/rooms/${encodeURIComponent(room)}/send/${sealed ? "m.room.encrypted" : type}/${randomUUID()}`;
    return (await this.ask<{ event_id: string }>("PUT", path, sealed ?? content)).event_id;
  }

  /** Encrypts for all who are in the room. */
  async seal(room: string, type: string, content: object): Promise<object> {
    const { joined } = await this.ask<{ joined: object }>("GET", `/rooms/${encodeURIComponent(room)}/joined_members`);
    return this.keys.write(room, Object.keys(joined), type, content);
  }

  async #isEncrypted(room: string): Promise<boolean> {
    if (!this.#keys) return false;
    if (!this.#encrypted.has(room) && (await this.state(room, "m.room.encryption"))) this.#encrypted.add(room);
    return this.#encrypted.has(room);
  }

  setState(room: string, type: string, stateKey: string, content: object): Promise<unknown> {
    return this.ask("PUT", `/rooms/${encodeURIComponent(room)}/state/${type}/${encodeURIComponent(stateKey)}`, content);
  }

  async state<T = { [key: string]: unknown }>(room: string, type: string, stateKey = ""): Promise<T | null> {
    return this.ask<T>("GET", `/rooms/${encodeURIComponent(room)}/state/${type}/${encodeURIComponent(stateKey)}`).catch(
      () => null,
    );
  }

  openIdToken(): Promise<{ access_token: string; matrix_server_name: string; token_type: string; expires_in: number }> {
    return this.ask("POST", `/user/${encodeURIComponent(this.userId)}/openid/request_token`, {});
  }

  /** Everything in a room, oldest first, as the homeserver has it; what is encrypted, as this person reads it. */
  async history(room: string): Promise<SeenEvent[]> {
    const events: SeenEvent[] = [];
    let from = "";
    for (;;) {
      const page: { chunk: SeenEvent[]; end?: string } = await this.ask(
        "GET",
        `/rooms/${encodeURIComponent(room)}/messages?dir=f&limit=500${from}`,
      );
      for (const event of page.chunk) events.push((await this.#read({ ...event, room_id: room })) ?? event);
      if (!page.end || page.chunk.length === 0) return events;
      from = `&from=${encodeURIComponent(page.end)}`;
    }
  }

  /** A file that somebody uploaded, by its `mxc:` address. */
  async download(mxc: string): Promise<Buffer> {
    const response = await fetch(`${this.#url}/_matrix/client/v1/media/download/${mxc.replace("mxc://", "")}`, {
      headers: { Authorization: `Bearer ${this.accessToken}` },
    });
    if (!response.ok) throw new Error(`${mxc}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  /** Resolves with the first event from now on that fits. To be made before what brings it about. */
  next(room: string, fits: (event: SeenEvent) => boolean, what = "an event", within = 90_000): Promise<SeenEvent> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(look);
        const lately = this.#seen
          .filter(({ room_id }) => room_id === room)
          .slice(-8)
          .map(({ type, sender, content }) => `${type} ${sender} ${JSON.stringify(content).slice(0, 300)}`);
        reject(new Error(`${this.userId} waited for ${what} in vain. Lately:\n${lately.join("\n")}`));
      }, within);
      const look = (event: SeenEvent) => {
        if (event.room_id !== room || !fits(event)) return;
        clearTimeout(timer);
        this.#waiters.delete(look);
        resolve(event);
      };
      this.#waiters.add(look);
    });
  }

  /** Every event from now on, until the answer is called. */
  listen(listener: (event: SeenEvent) => void): () => void {
    this.#waiters.add(listener);
    return () => void this.#waiters.delete(listener);
  }

  /** Sits down, and lets their words be written; the bot's answer to the first. */
  async joinCircle(room: string): Promise<string> {
    const answer = await this.command(room, "!circle join");
    await this.command(room, "!circle agree");
    return answer;
  }

  /** The bot's answer to a command: its reaction, or its reply. */
  async command(room: string, body: string): Promise<string> {
    let id: string | null = null;
    const early: SeenEvent[] = [];
    const isAnswer = (event: SeenEvent) => {
      const relation = event.content["m.relates_to"] as
        | { event_id?: string; "m.in_reply_to"?: { event_id?: string } }
        | undefined;
      return id !== null && (relation?.event_id === id || relation?.["m.in_reply_to"]?.event_id === id);
    };
    const answered = this.next(
      room,
      (event) => {
        if (id === null) early.push(event);
        return isAnswer(event);
      },
      `an answer to “${body}”`,
    );
    id = await this.say(room, body);
    const heard = early.find(isAnswer);
    // An answer that was quicker than the request's own reply leaves the waiter with nothing to come.
    if (heard) answered.catch(() => {});
    const answer = heard ?? (await answered);
    const relation = answer.content["m.relates_to"] as { key?: string } | undefined;
    return answer.type === "m.reaction" ? (relation?.key ?? "") : String(answer.content["body"]);
  }

  async #sync(since: string | null, timeout: number): Promise<string> {
    const after = since ? `&since=${encodeURIComponent(since)}` : "";
    const response = await fetch(
      `${this.#url}/_matrix/client/v3/sync?filter=${EVERYTHING}&timeout=${timeout}${after}`,
      {
        headers: { Authorization: `Bearer ${this.accessToken}` },
        signal: this.#closed.signal,
      },
    );
    if (!response.ok) throw new Error(`sync: ${response.status}`);
    const body = (await response.json()) as SyncResponse;
    await this.#keys?.take(body);
    for (const event of this.#unread.splice(0)) await this.#open(event);
    for (const [room, { timeline, state }] of Object.entries(body.rooms?.join ?? {})) {
      for (const event of [...(state?.events ?? []), ...(timeline?.events ?? [])])
        await this.#open({ ...event, room_id: room });
    }
    return body.next_batch;
  }

  async #syncOn(first: string): Promise<void> {
    let since = first;
    while (!this.#closed.signal.aborted) {
      try {
        since = await this.#sync(since, 20_000);
      } catch {
        if (this.#closed.signal.aborted) return;
        // A homeserver that is away is asked again a little later.
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  async #open(event: SeenEvent): Promise<void> {
    const read = await this.#read(event);
    if (read) this.#see(read);
    else this.#unread.push(event);
  }

  /** Null where its key is not here. */
  async #read(event: SeenEvent): Promise<SeenEvent | null> {
    return event.type === "m.room.encrypted" && this.#keys ? this.#keys.read(event) : event;
  }

  #see(event: SeenEvent): void {
    this.#seen.push(event);
    for (const look of [...this.#waiters]) look(event);
  }
}
