import type { VirtualTime } from "./virtual-time.ts";
import { type Answer, refusal } from "./answer.ts";
import { Dice } from "./dice.ts";
import { HomeserverApi } from "./homeserver-api.ts";
import type { Mischief } from "./mischief.ts";
import type { RoomEventSent, SimulatedRoom } from "./room.ts";
import { SimulatedRooms } from "./rooms.ts";

/** Delivers a transaction to the service; resolves to the status, rejects where there was no answer. */
type Deliver = (transaction: string, events: readonly RoomEventSent[]) => Promise<number>;
type HomeserverTime = Pick<VirtualTime, "wait" | "later" | "wallClock" | "now">;

/** Time after which the service gives up a request that nobody answers. */
const GIVEN_UP_MS = 30_000;

/** A homeserver in memory, which answers as Synapse does, and sends the service what happens in its rooms. */
export class SimulatedHomeserver {
  readonly bot: string;
  readonly #time: HomeserverTime;
  readonly #dice: Dice;
  readonly #mischief: Mischief;
  readonly #rooms: SimulatedRooms;
  readonly #api: HomeserverApi;
  #deliver: Deliver | null = null;
  readonly #queue: RoomEventSent[] = [];
  #delivering = false;
  #delivered = 0;
  #transactionsOfPeople = 0;
  /** Virtual time at which the last of the lost requests is given up. */
  silentUntil = 0;

  constructor(parts: { time: HomeserverTime; mischief: Mischief; seed: string; bot: string }) {
    const { time, bot } = parts;
    this.bot = bot;
    this.#time = time;
    this.#mischief = parts.mischief;
    this.#dice = new Dice(`${parts.seed}:homeserver`);
    this.#rooms = new SimulatedRooms({
      now: () => time.wallClock,
      onEvent: (event, room) => this.#happened(event, room),
    });
    this.#api = new HomeserverApi({ rooms: this.#rooms, serverName: bot.split(":")[1] ?? "", time });
  }

  // For people.

  /** A room of people, into which whoever made it has invited the bot. */
  createRoom(id: string, creator: string, people: readonly { id: string; name: string }[]): void {
    for (const { id: who, name } of people) this.#rooms.profileOf(who).displayname = name;
    const invite = people.flatMap(({ id: who }) => (who === creator ? [] : [who]));
    this.#rooms.create(id, creator, {
      name: "Council",
      invite: [...invite, this.bot],
      power_level_content_override: { users: { [this.bot]: 50 } },
    });
    for (const who of invite) this.#rooms.join(id, who);
  }

  /** Asks as somebody's client does, over a network in which nothing goes wrong. */
  askAs(who: string, method: string, path: string, body?: unknown): Answer {
    return this.#api.answer(who, method, path, body);
  }

  say(room: string, who: string, content: Record<string, unknown>, type = "m.room.message"): string | null {
    const path = `/_matrix/client/v3/rooms/${room}/send/${type}/${++this.#transactionsOfPeople}`;
    const { body } = this.askAs(who, "PUT", path, content);
    return (body as { event_id?: string }).event_id ?? null;
  }

  /** True where they could. */
  redact(room: string, who: string, event: string): boolean {
    const path = `/_matrix/client/v3/rooms/${room}/redact/${event}/${++this.#transactionsOfPeople}`;
    return this.askAs(who, "PUT", path, {}).status === 200;
  }

  /** Comes into the rooms that the bot made for somebody and itself; gives all that it wrote there. */
  directMessagesOf(who: string): string[] {
    const rooms = this.#rooms
      .of(this.bot)
      .filter((room) => room.creator === this.bot && room.membershipOf(who) !== "none");
    for (const { id } of rooms) this.#rooms.join(id, who);
    return rooms.flatMap(({ id }) => this.ownMessages(id).map(({ content }) => String(content["body"])));
  }

  openIdOf(who: string): string {
    return this.#api.openIdOf(who);
  }

  stateOf(room: string, type: string, key = ""): unknown {
    return this.#rooms.get(room)?.stateEvent(type, key)?.content ?? null;
  }

  allState(room: string): readonly RoomEventSent[] {
    return [...(this.#rooms.get(room)?.state.values() ?? [])];
  }

  /** Messages of the bot's that stand, the oldest first. */
  ownMessages(room: string): RoomEventSent[] {
    return (this.#rooms.get(room)?.timeline ?? []).filter(
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
    const answer = this.#api.answer(this.bot, method, path, body);
    await this.#time.wait(this.#dice.between(1, 10));
    if (happens("homeserver-lost", 0.01, `the answer to ${what} is lost`)) return this.#hang();
    return answer;
  }

  async #hang(): Promise<never> {
    this.silentUntil = this.#time.now + GIVEN_UP_MS;
    await this.#time.wait(GIVEN_UP_MS);
    throw Object.assign(new Error("ESOCKETTIMEDOUT"), { code: "ESOCKETTIMEDOUT" });
  }

  #trouble(): Answer {
    const dice = this.#mischief.of("homeserver-refuses");
    switch (dice.below(4)) {
      case 0:
        return limitExceeded(dice.below(3_000));
      case 1:
        return refusal(500, "M_UNKNOWN");
      case 2:
        return { status: 502, body: "<html><body>502 Bad Gateway</body></html>" };
      default:
        return { status: 503, body: "" };
    }
  }

  /**
   * The service is told of what happens in rooms that its bot is in, of its own deeds, and of its comings and goings.
   */
  #happened(event: RoomEventSent, room: SimulatedRoom): void {
    const { sender, type, state_key: key } = event;
    const isAboutIt = sender === this.bot || (type === "m.room.member" && key === this.bot);
    if (!isAboutIt && room.membershipOf(this.bot) !== "join") return;
    this.#queue.push(event);
    this.#sendOn();
  }

  /**
   * Sends what waits in transactions, one after another, and each until it is acknowledged (Application Service API).
   */
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
      const now = this.#time.wallClock;
      const sent = events.map((event) => ({
        ...event,
        unsigned: { ...event.unsigned, age: now - event.origin_server_ts },
      }));
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

export const limitExceeded = (ms: number): Answer => ({
  status: 429,
  body: { errcode: "M_LIMIT_EXCEEDED", error: "slow", retry_after_ms: ms },
});
