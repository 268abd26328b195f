import type { LiveKit } from "../../../appservice/call/livekit.ts";
import type { CallPerson } from "../../../appservice/call/livekit-server.ts";
import { CLOSED_WITHIN_MS, TwirpRefused } from "../../../appservice/call/twirp.ts";
import type { WatcherDeps } from "../../../appservice/call/watcher.ts";
import { ParticipantId } from "../../../appservice/protocol/identity.ts";
import { BackOff } from "../../../appservice/retry/back-off.ts";
import { Dice } from "./dice.ts";
import type { Mischief } from "./mischief.ts";
import type { Life, VirtualTime } from "./virtual-time.ts";

/** Rights that a token of the service gives, in plain words. */
type Token = {
  readonly call: string;
  readonly id: string;
  readonly name: string;
  readonly hear: boolean;
  readonly publish: boolean;
};
type Microphone = { readonly sid: string; open: boolean };
export type Connected = {
  readonly id: ParticipantId;
  readonly sid: string;
  readonly name: string;
  readonly joinedAt: number;
  /** Came by a token that lets them publish nothing. */
  readonly cameToListen: boolean;
  mayPublish: boolean;
  mayHear: boolean;
  microphone: Microphone | null;
  /** True once others were told of them. */
  isShown: boolean;
  readonly onOut: () => void;
  readonly onMetadata: (metadata: string) => void;
};
type CallRoom = {
  readonly name: string;
  metadata: string;
  readonly people: Map<string, Connected>;
  readonly watchers: Set<Seen>;
};
type Seen = {
  readonly life: Life;
  readonly deps: Omit<WatcherDeps, "url">;
  /** Time at which it was told of something last. */
  toldAt: number;
  lose(reason: string): void;
};
type Webhook = {
  readonly event: string;
  readonly room: { name: string };
  readonly participant?: unknown;
  readonly createdAt: number;
};

type LiveKitTime = Pick<VirtualTime, "wait" | "later" | "wallClock" | "now">;

const REQUEST_WITHIN_MS = 4_000;
/** Longest time after which others are shown somebody who publishes nothing. */
const SHOWN_WITHIN_MS = 3_000;

/** A LiveKit in memory: rooms, people with a microphone each, our watcher, webhooks. */
export class SimulatedLiveKit {
  readonly #time: LiveKitTime;
  readonly #mischief: Mischief;
  readonly #dice: Dice;
  readonly rooms = new Map<string, CallRoom>();
  #away = false;
  #count = 0;
  /** Called with each webhook that is sent. */
  onWebhook: (body: string) => void = () => {};
  /** Called at the moment in which the service asks for a microphone to be opened. */
  onOpening: (call: string, who: string) => void = () => {};

  constructor(parts: { time: LiveKitTime; mischief: Mischief; seed: string }) {
    this.#time = parts.time;
    this.#mischief = parts.mischief;
    this.#dice = new Dice(`${parts.seed}:livekit`);
  }

  get isAway(): boolean {
    return this.#away;
  }

  setAway(away: boolean): void {
    this.#away = away;
    if (away) for (const room of this.rooms.values()) for (const seen of room.watchers) seen.lose("LiveKit is away");
  }

  /** Loses the watchers of all calls, which come back by themselves. */
  loseWatchers(): void {
    for (const room of this.rooms.values()) for (const seen of room.watchers) seen.lose("its connection broke");
  }

  // For people.

  /** Comes into a call by a token of the service. Null where it does not let one in. */
  join(token: string, on: Pick<Connected, "onOut" | "onMetadata">): Connected | null {
    const { call, id, name, hear, publish } = JSON.parse(token) as Token;
    const room = this.rooms.get(call);
    if (!room || this.#away) return null;
    const before = room.people.get(id);
    if (before) this.#out(room, before);
    const person: Connected = {
      id: ParticipantId.parse(id),
      sid: `PA_${++this.#count}`,
      name,
      joinedAt: this.#time.wallClock,
      cameToListen: !publish,
      mayPublish: publish,
      mayHear: hear,
      microphone: null,
      isShown: false,
      ...on,
    };
    room.people.set(id, person);
    this.#time.later(this.#dice.between(0, SHOWN_WITHIN_MS), () => this.#show(room, person));
    this.#webhook("participant_joined", room, person);
    on.onMetadata(room.metadata);
    return person;
  }

  leave(person: Connected): void {
    const room = this.#roomOf(person);
    if (room) this.#out(room, person);
  }

  /** Publishes a microphone, or opens or closes the one that is there. False where they may not. */
  turn(person: Connected, open: boolean): boolean {
    const room = this.#roomOf(person);
    if (!room || !person.mayPublish || this.#away) return false;
    const { microphone, id } = person;
    if (!microphone) {
      this.#show(room, person);
      const made: Microphone = { sid: `TR_${++this.#count}`, open };
      person.microphone = made;
      this.#see(room, ({ published }) => published(id, trackOf(made)));
    } else if (microphone.open !== open) {
      microphone.open = open;
      this.#see(room, (seen) => (open ? seen.unmuted(id, microphone.sid) : seen.muted(id, microphone.sid)));
    }
    return true;
  }

  #roomOf(person: Connected): CallRoom | undefined {
    return [...this.rooms.values()].find(({ people }) => people.get(person.id) === person);
  }

  #out(room: CallRoom, person: Connected): void {
    room.people.delete(person.id);
    const { id, microphone } = person;
    person.microphone = null;
    if (microphone) this.#see(room, ({ unpublished }) => unpublished(id, microphone.sid));
    if (person.isShown) this.#see(room, ({ left }) => left({ id: person.id, sid: person.sid }));
    this.#webhook("participant_left", room, person);
    person.onOut();
  }

  #show(room: CallRoom, person: Connected): void {
    if (person.isShown || room.people.get(person.id) !== person) return;
    person.isShown = true;
    const seen = seenAs(person);
    this.#see(room, ({ arrived }) => arrived(seen));
  }

  /** Tells the watchers of something, after all that came before it. */
  #see(room: CallRoom, tell: (seen: WatcherDeps["seen"]) => void): void {
    for (const watcher of room.watchers) {
      watcher.toldAt = Math.max(this.#time.now + this.#dice.between(1, 8), watcher.toldAt);
      this.#time.later(watcher.toldAt - this.#time.now, () => {
        if (watcher.life.alive && room.watchers.has(watcher)) tell(watcher.deps.seen);
      });
    }
  }

  #webhook(event: string, room: CallRoom, person?: Connected): void {
    const body: Webhook = {
      event,
      room: { name: room.name },
      createdAt: Math.floor(this.#time.wallClock / 1000),
      ...(person && { participant: infoOf(person) }),
    };
    if (this.#mischief.happens("webhook-lost", 0.1, event)) return;
    const times = this.#mischief.happens("webhook-twice", 0.1, event) ? 2 : 1;
    for (let i = 0; i < times; i++)
      this.#time.later(this.#dice.between(5, i === 0 ? 100 : 5_000), () => this.onWebhook(JSON.stringify(body)));
  }

  // For the service.

  /** LiveKit as one life of the service reaches it. */
  for(life: Life): LiveKit {
    const token = (call: string, id: string) =>
      Promise.resolve(JSON.stringify({ call, id, name: id, hear: false, publish: false } satisfies Token));
    return {
      server: {
        createRoom: (call, metadata) => this.#ask(life, "CreateRoom", () => void this.#open(call, metadata)),
        setMetadata: (call, metadata) =>
          this.#ask(life, "UpdateRoomMetadata", () => {
            const room = this.#found(call, "UpdateRoomMetadata");
            room.metadata = metadata;
            for (const person of room.people.values())
              this.#time.later(this.#dice.between(1, 10), () => person.onMetadata(room.metadata));
          }),
        setMuted: (call, id, sid, muted) => {
          if (!muted) this.onOpening(call, id);
          const withinMs = muted ? CLOSED_WITHIN_MS : REQUEST_WITHIN_MS;
          const mute = () => {
            const room = this.rooms.get(call);
            const person = room?.people.get(id);
            // Nobody answers for somebody who is not there, which LiveKit calls unavailable.
            if (!room || !person) throw new TwirpRefused("MutePublishedTrack", 503, "no response from servers");
            const { microphone } = person;
            if (microphone?.sid !== sid) throw new Error(`${id} has no track ${sid} any more`);
            if (microphone.open !== muted) return;
            microphone.open = !muted;
            this.#see(room, (seen) => (muted ? seen.muted(id, sid) : seen.unmuted(id, sid)));
          };
          return this.#ask(life, `MutePublishedTrack ${id} ${muted}`, mute, withinMs).catch(async (error: unknown) => {
            // LiveKit says so only once it has waited for somebody to answer: longer than an order to close waits.
            if (!muted || !(error instanceof TwirpRefused)) throw error;
            await this.#time.wait(withinMs);
            throw new Error(`LiveKit did not answer MutePublishedTrack within ${withinMs / 1_000} s`);
          });
        },
        setRights: (call, id, { publish, hear }) => {
          const set = () => {
            const room = this.#found(call, "UpdateParticipant");
            const person = this.#person(room, id, "UpdateParticipant");
            [person.mayPublish, person.mayHear] = [publish, hear];
            const { microphone } = person;
            if (publish || !microphone) return;
            person.microphone = null;
            this.#see(room, ({ unpublished }) => unpublished(id, microphone.sid));
          };
          return this.#ask(life, "UpdateParticipant", set, publish ? REQUEST_WITHIN_MS : CLOSED_WITHIN_MS);
        },
        people: (call) =>
          this.#ask(life, "ListParticipants", () => [...(this.rooms.get(call)?.people.values() ?? [])].map(seenAs)),
        deleteRoom: (call) => this.#ask(life, "DeleteRoom", () => this.#end(call), CLOSED_WITHIN_MS),
        remove: (call, id) =>
          this.#ask(life, "RemoveParticipant", () => {
            const room = this.rooms.get(call);
            const person = room?.people.get(id);
            if (room && person) this.#out(room, person);
          }),
      },
      ask: () =>
        this.#ask(life, "ListRooms", () => ({ away: null }), 1_500).catch((error: unknown) => ({
          away: { why: "silent" } as const,
          error,
        })),
      tokens: {
        person: (call, id, name, rights) => Promise.resolve(JSON.stringify({ call, id, name, ...rights })),
        voice: (call, id) => token(call, id),
        scribe: (call) => token(call, "scribe"),
        secondEar: (call) => token(call, "second-ear"),
        watcher: (call) => token(call, "watcher"),
        witness: (call) => token(call, "witness"),
      },
      watch: (deps) => this.#watch(life, deps),
      witness: () => ({ close() {} }),
      readWebhook: async (body) => JSON.parse(body),
    };
  }

  async #ask<T>(life: Life, what: string, work: () => T, withinMs = REQUEST_WITHIN_MS): Promise<T> {
    const late = this.#mischief.happens("livekit-late", 0.01, what);
    await this.#time.wait(late ? this.#mischief.of("livekit-late").between(100, 2_000) : this.#dice.between(0.5, 4));
    if (this.#away || this.#mischief.happens("livekit-lost", 0.005, `${what} never arrives`))
      return this.#silence(life, withinMs);
    if (!life.alive) return new Promise(() => {});
    const answer = work();
    await this.#time.wait(this.#dice.between(0.5, 4));
    if (this.#mischief.happens("livekit-lost", 0.005, `the answer to ${what} is lost`))
      return this.#silence(life, withinMs);
    // To a service that died nobody answers.
    if (!life.alive) return new Promise(() => {});
    return answer;
  }

  async #silence(life: Life, ms: number): Promise<never> {
    await this.#time.wait(ms);
    if (!life.alive) return new Promise(() => {});
    throw new Error(`LiveKit did not answer within ${ms / 1_000} s`);
  }

  #open(call: string, metadata: string): CallRoom {
    let room = this.rooms.get(call);
    if (!room) {
      this.rooms.set(call, (room = { name: call, metadata, people: new Map(), watchers: new Set() }));
      this.#webhook("room_started", room);
    }
    return room;
  }

  #end(call: string): void {
    const room = this.#found(call, "DeleteRoom");
    this.rooms.delete(call);
    for (const person of [...room.people.values()]) this.#out(room, person);
    for (const seen of room.watchers) seen.lose("the room ended");
    this.#webhook("room_finished", room);
  }

  #found(call: string, method: string): CallRoom {
    const room = this.rooms.get(call);
    if (!room) throw new TwirpRefused(method, 404, "requested room does not exist");
    return room;
  }

  #person(room: CallRoom, id: string, method: string): Connected {
    const person = room.people.get(id);
    if (!person) throw new TwirpRefused(method, 404, "participant does not exist");
    return person;
  }

  #watch(life: Life, deps: Omit<WatcherDeps, "url">): ReturnType<LiveKit["watch"]> {
    const backOff = new BackOff({ longestMs: 500 });
    let [watching, closed] = [false, false];
    let call: CallRoom | null = null;
    const lost = (reason: string) => {
      if (closed || !life.alive) return;
      watching = false;
      call?.watchers.delete(seen);
      call = null;
      deps.onLost(reason);
      backOff.retry(() => void enter());
    };
    const seen: Seen = { life, deps, toldAt: 0, lose: lost };
    const enter = async () => {
      try {
        const token = await deps.admission();
        if (closed) return;
        const name = (JSON.parse(token) as { call: string }).call;
        await this.#ask(life, "watcher enters", () => {}, 8_000);
        if (closed) return;
        const room = this.rooms.get(name);
        if (!room) throw new Error("no such room");
        call = room;
        room.watchers.add(seen);
        watching = true;
        backOff.succeeded();
        deps.seen.everybody([...room.people.values()].map(seenAs));
        deps.onWatching();
      } catch (error) {
        lost(String(error));
      }
    };
    void enter();
    return {
      get watching() {
        return watching;
      },
      async close() {
        closed = true;
        watching = false;
        backOff.cancel();
        call?.watchers.delete(seen);
      },
    };
  }

  /** The watchers of a life that ended are out. */
  forget(life: Life): void {
    for (const { watchers } of this.rooms.values())
      for (const seen of watchers) if (seen.life === life) watchers.delete(seen);
  }
}

function trackOf({ sid, open }: Microphone) {
  return { sid, kind: "audio", source: "microphone", open } as const;
}

function seenAs({ microphone, id, sid, name, joinedAt, cameToListen, mayPublish, mayHear }: Connected): CallPerson {
  const tracks = microphone ? [trackOf(microphone)] : [];
  return { id, sid, joinedAt, cameToListen, mayPublish, mayHear, name, tracks };
}

/** A person as webhooks tell of them (`livekit.ParticipantInfo`). */
function infoOf({ id, sid, name, joinedAt, mayPublish, mayHear }: Connected) {
  return {
    identity: id,
    sid,
    name,
    joinedAtMs: joinedAt,
    joinedAt: Math.floor(joinedAt / 1000),
    permission: { canPublish: mayPublish, canSubscribe: mayHear },
    tracks: [],
  };
}
