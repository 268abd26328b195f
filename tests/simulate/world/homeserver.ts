import type { VirtualTime } from "./virtual-time.ts";
import { Dice } from "./dice.ts";
import type { Mischief } from "./mischief.ts";

export type RoomEventSent = {
  event_id: string;
  room_id: string;
  sender: string;
  type: string;
  state_key?: string;
  origin_server_ts: number;
  content: Record<string, unknown>;
  unsigned?: { prev_content?: unknown; age?: number };
  redacts?: string;
};

export type Answer = { readonly status: number; readonly body: unknown };

type SimulatedRoom = {
  readonly id: string;
  readonly state: Map<string, RoomEventSent>;
  readonly timeline: RoomEventSent[];
};

/** Delivers a transaction to the service; resolves to the status, rejects where there was no answer. */
type Deliver = (transaction: string, events: readonly RoomEventSent[]) => Promise<number>;

const REFUSAL = (status: number, errcode: string): Answer => ({ status, body: { errcode, error: errcode } });

/** A homeserver in memory, which answers as Synapse does where the service asks it anything. */
export class SimulatedHomeserver {
  readonly bot: string;
  readonly #time: VirtualTime;
  readonly #dice: Dice;
  readonly #mischief: Mischief;
  readonly rooms = new Map<string, SimulatedRoom>();
  readonly #transactions = new Map<string, string>();
  readonly #openId = new Map<string, string>();
  #events = 0;
  #deliver: Deliver | null = null;
  readonly #queue: RoomEventSent[] = [];
  #delivering = false;
  #delivered = 0;

  constructor(parts: { time: VirtualTime; mischief: Mischief; seed: string; bot: string }) {
    this.bot = parts.bot;
    this.#time = parts.time;
    this.#mischief = parts.mischief;
    this.#dice = new Dice(`${parts.seed}:homeserver`);
  }

  // For people.

  createRoom(id: string, creator: string, people: readonly { id: string; name: string }[]): void {
    this.rooms.set(id, { id, state: new Map(), timeline: [] });
    const create = { room_version: "11" };
    this.#put(id, creator, "m.room.create", create, "");
    for (const { id: who, name } of people) this.member(id, who, "join", name);
    this.#put(id, creator, "m.room.power_levels", { users: { [creator]: 100, [this.bot]: 50 } }, "");
    this.#put(id, creator, "m.room.history_visibility", { history_visibility: "shared" }, "");
  }

  member(room: string, who: string, membership: "join" | "leave" | "invite", name: string, by = who): void {
    this.#put(room, by, "m.room.member", { membership, displayname: name }, who);
  }

  say(room: string, who: string, content: Record<string, unknown>, type = "m.room.message"): string {
    return this.#put(room, who, type, content);
  }

  redact(room: string, who: string, event: string): void {
    const target = this.rooms.get(room)?.timeline.find(({ event_id: id }) => id === event);
    if (target) target.content = {};
    const id = this.#put(room, who, "m.room.redaction", { redacts: event });
    const redaction = this.rooms.get(room)?.timeline.find(({ event_id: one }) => one === id);
    if (redaction) redaction.redacts = event;
  }

  openIdOf(who: string): string {
    const token = `openid-${this.#openId.size}`;
    this.#openId.set(token, who);
    return token;
  }

  membersOf(room: string): string[] {
    const state = this.rooms.get(room)?.state ?? new Map<string, RoomEventSent>();
    return [...state.values()].flatMap(({ type, state_key: who, content }) =>
      type === "m.room.member" && content["membership"] === "join" && who ? [who] : [],
    );
  }

  stateOf(room: string, type: string): unknown {
    return this.rooms.get(room)?.state.get(`${type}\n`)?.content ?? null;
  }

  /** Messages of the bot's that stand, the oldest first. */
  ownMessages(room: string): RoomEventSent[] {
    return (this.rooms.get(room)?.timeline ?? []).filter(
      ({ sender, state_key: key, type, content }) =>
        sender === this.bot && key === undefined && type === "m.room.message" && Object.keys(content).length > 0,
    );
  }

  // For the service.

  /** Begins to send to a service that has started. */
  reach(deliver: Deliver | null): void {
    this.#deliver = deliver;
    this.#sendOn();
  }

  get isDelivered(): boolean {
    return this.#queue.length === 0;
  }

  /** Takes a request as it comes over the network, with all that may become of it on the way. */
  async ask(method: string, path: string, body: unknown): Promise<Answer> {
    const { happens, of } = {
      happens: this.#mischief.happens.bind(this.#mischief),
      of: this.#mischief.of.bind(this.#mischief),
    };
    const what = `${method} ${path.split("?")[0]?.slice(0, 120)}`;
    await this.#time.wait(
      happens("homeserver-late", 0.02, what) ? of("homeserver-late").between(500, 8_000) : this.#dice.between(1, 15),
    );
    if (happens("homeserver-lost", 0.01, `${what} never arrives`)) return this.#hang();
    if (happens("homeserver-refuses", 0.02, what)) return this.#trouble();
    const answer = this.#answer(method, path, body);
    await this.#time.wait(this.#dice.between(1, 10));
    if (happens("homeserver-lost", 0.01, `the answer to ${what} is lost`)) return this.#hang();
    return answer;
  }

  async #hang(): Promise<never> {
    await this.#time.wait(30_000);
    throw Object.assign(new Error("ESOCKETTIMEDOUT"), { code: "ESOCKETTIMEDOUT" });
  }

  #trouble(): Answer {
    const dice = this.#mischief.of("homeserver-refuses");
    switch (dice.below(4)) {
      case 0:
        return { status: 429, body: { errcode: "M_LIMIT_EXCEEDED", error: "slow", retry_after_ms: dice.below(3_000) } };
      case 1:
        return REFUSAL(500, "M_UNKNOWN");
      case 2:
        return { status: 502, body: "<html><body>502 Bad Gateway</body></html>" };
      default:
        return { status: 503, body: "" };
    }
  }

  #answer(method: string, address: string, body: unknown): Answer {
    const [path = "", query = ""] = address.split("?");
    const parts = path.split("/").slice(4).map(decodeURIComponent);
    const params = new URLSearchParams(query);
    const ok = (answer: unknown): Answer => ({ status: 200, body: answer });
    if (path.startsWith("/_matrix/federation/v1/openid/userinfo")) {
      const sub = this.#openId.get(params.get("access_token") ?? "");
      return sub ? ok({ sub }) : REFUSAL(401, "M_UNKNOWN_TOKEN");
    }
    if (path.startsWith("/_matrix/media/")) return ok({ content_uri: `mxc://hs/file${++this.#events}` });
    if (parts[0] === "register") return REFUSAL(400, "M_USER_IN_USE");
    if (parts[0] === "joined_rooms")
      return ok({ joined_rooms: [...this.rooms.keys()].filter((room) => this.membersOf(room).includes(this.bot)) });
    if (parts[0] === "join") {
      this.member(parts[1] ?? "", this.bot, "join", "Mindminder");
      return ok({ room_id: parts[1] });
    }
    if (parts[0] === "createRoom") {
      const id = `!direct${this.rooms.size}:hs`;
      this.createRoom(id, this.bot, [{ id: this.bot, name: "Mindminder" }]);
      for (const who of (body as { invite?: string[] }).invite ?? []) this.member(id, who, "invite", who, this.bot);
      return ok({ room_id: id });
    }
    if (parts[0] !== "rooms") return ok({});
    const room = this.rooms.get(parts[1] ?? "");
    if (!room) return REFUSAL(404, "M_NOT_FOUND");
    if (!this.membersOf(room.id).includes(this.bot)) return REFUSAL(403, "M_FORBIDDEN");
    return this.#ofRoom(method, room, parts.slice(2), params, body);
  }

  #ofRoom(
    method: string,
    room: SimulatedRoom,
    [what, ...rest]: string[],
    params: URLSearchParams,
    body: unknown,
  ): Answer {
    const ok = (answer: unknown): Answer => ({ status: 200, body: structuredClone(answer) });
    const once = (key: string, work: () => string): Answer => {
      const known = this.#transactions.get(key);
      const id = known ?? work();
      this.#transactions.set(key, id);
      return ok({ event_id: id });
    };
    const [first = "", second = "", third = ""] = rest;
    if (what === "state" && method === "PUT")
      return ok({ event_id: this.#put(room.id, this.bot, first, body as Record<string, unknown>, second) });
    if (what === "state" && first === "") return ok([...room.state.values()]);
    if (what === "state") {
      const found = room.state.get(`${first}\n${second}`);
      return found ? ok(found.content) : REFUSAL(404, "M_NOT_FOUND");
    }
    if (what === "send")
      return once(`send ${room.id} ${second}`, () =>
        this.#put(room.id, this.bot, first, body as Record<string, unknown>),
      );
    if (what === "redact")
      return once(`redact ${room.id} ${second}`, () => {
        this.redact(room.id, this.bot, first);
        return room.timeline.at(-1)?.event_id ?? "";
      });
    if (what === "event") {
      const found = room.timeline.find(({ event_id: id }) => id === first);
      return found ? ok(found) : REFUSAL(404, "M_NOT_FOUND");
    }
    if (what === "relations") {
      const edits = room.timeline.filter(({ content }) => {
        const relation = content["m.relates_to"] as { rel_type?: string; event_id?: string } | undefined;
        return relation?.rel_type === second && relation.event_id === first;
      });
      return ok({ chunk: edits.reverse() });
    }
    if (what === "messages") return ok({ chunk: messagesOf(room, JSON.parse(params.get("filter") ?? "{}")) });
    if (what === "leave") this.member(room.id, this.bot, "leave", "Mindminder");
    return third === "" ? ok({}) : REFUSAL(404, "M_UNRECOGNIZED");
  }

  #put(room: string, sender: string, type: string, content: Record<string, unknown>, stateKey?: string): string {
    const at = this.rooms.get(room);
    if (!at) throw new Error(`there is no room ${room}`);
    const before = stateKey === undefined ? undefined : at.state.get(`${type}\n${stateKey}`)?.content;
    const event: RoomEventSent = {
      event_id: `$e${++this.#events}`,
      room_id: room,
      sender,
      type,
      origin_server_ts: this.#time.wallClock,
      content: structuredClone(content),
      ...(stateKey !== undefined && { state_key: stateKey }),
      ...(before !== undefined && { unsigned: { prev_content: before } }),
    };
    if (stateKey !== undefined) at.state.set(`${type}\n${stateKey}`, event);
    at.timeline.push(event);
    this.#queue.push(event);
    this.#sendOn();
    return event.event_id;
  }

  /** Sends what waits in transactions, one after another, and each until it is acknowledged (Application Service API). */
  #sendOn(): void {
    const deliver = this.#deliver;
    if (this.#delivering || !deliver || this.#queue.length === 0) return;
    this.#delivering = true;
    const events = this.#queue.slice(0, 100);
    const transaction = `${++this.#delivered}`;
    const send = async (): Promise<void> => {
      if (this.#deliver !== deliver) return this.#end();
      const late = this.#mischief.happens("homeserver-late", 0.02, "a transaction");
      await this.#time.wait(
        late ? this.#mischief.of("homeserver-late").between(500, 10_000) : this.#dice.between(2, 20),
      );
      if (this.#deliver !== deliver) return this.#end();
      const sent = events.map((event) => ({ ...structuredClone(event), redacts: event.redacts }));
      const status = await deliver(transaction, sent).catch(() => 0);
      const unheard = status === 200 && this.#mischief.happens("homeserver-twice", 0.03, "a transaction");
      if (status === 200 && !unheard) {
        this.#queue.splice(0, events.length);
        return this.#end();
      }
      await this.#time.wait(1_000);
      return send();
    };
    void send();
  }

  #end(): void {
    this.#delivering = false;
    this.#sendOn();
  }
}

function messagesOf(
  { timeline }: SimulatedRoom,
  { types, senders, not_senders: others }: { types?: string[]; senders?: string[]; not_senders?: string[] },
): RoomEventSent[] {
  return timeline
    .filter(
      ({ type, sender }) =>
        (!types || types.includes(type)) && (!senders || senders.includes(sender)) && !others?.includes(sender),
    )
    .reverse();
}
