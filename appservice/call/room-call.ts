import type { Logger } from "pino";
import type { Floor } from "../circle/floor.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { Board } from "./board.ts";
import type { CallsOptions, CallState, Wish } from "./calls-options.ts";
import { Gate } from "./gate.ts";
import { isMissing, type LiveKitServer, type Person } from "./livekit-server.ts";
import { Presence, type Connection } from "./presence.ts";
import { ShownOut } from "./shown-out.ts";
import { watcherToken } from "./tokens.ts";
import { Watcher } from "./watcher.ts";

/** Webhooks get lost; without a meeting nothing else would ever tell. */
const LOOK_AGAIN_MS = 10_000;
/** Who was given a token may be in, though no webhook said so. */
const EXPECTED_FOR_MS = 180_000;
/** Covers the return of whoever dropped out with the word: their microphone may still be open when the meeting is over. */
const WATCH_ON_MS = 30_000;
const OPEN: Floor = { mode: "open" };
const CLOSED: Floor = { mode: "closed" };

/** One Matrix room's call: who is in it, who is heard, what everybody is shown. */
export class RoomCall {
  readonly #room: RoomId;
  readonly #options: CallsOptions;
  readonly #server: LiveKitServer;
  readonly #log: Logger;
  readonly #presence: Presence;
  readonly #gate: Gate;
  readonly #board: Board;
  readonly #shownOut: ShownOut;
  #floor: Floor = OPEN;
  /** The floor opens once we know who is there: the microphone of a turn that ended before we knew may be open still. */
  #opensAfterLook = false;
  #looking: NodeJS.Timeout | undefined;
  #expectedUntil = 0;
  #watcher: Watcher | null = null;
  #watchingOn: NodeJS.Timeout | undefined;
  #state: CallState = "off";
  #compared = false;
  #closed = false;

  constructor(room: RoomId, options: CallsOptions, server: LiveKitServer) {
    this.#room = room;
    this.#options = options;
    this.#server = server;
    this.#log = options.log.child({ room });
    this.#presence = new Presence((participant, connected) => options.onPresence({ room, participant, connected }));
    this.#gate = new Gate({
      hands: {
        setMuted: (id, track, muted) => server.setMuted(room, id, track, muted),
        setMayPublish: (id, may) => server.setMayPublish(room, id, may),
      },
      onViolation: (participant, what) => options.onViolation({ room, participant, what }),
      isGone: isMissing,
      onFailure: (participant, error) => this.#log.warn({ participant, err: error }, "a microphone does not follow the floor yet"),
    });
    this.#shownOut = new ShownOut({
      remove: (id) => server.remove(room, id),
      isMember: async (id) => (await options.isMember?.(room, id)) ?? true,
      log: this.#log,
    });
    this.#board = new Board({
      tell: (metadata) => this.#tell(metadata),
      onFailure: (error) => this.#log.warn({ err: error }, "the call was not told of the meeting yet"),
      onTooLarge: (bytes) => this.#log.error({ bytes }, "the meeting is too large for the call's metadata"),
    });
  }

  get connected(): ParticipantId[] {
    return this.#presence.connected;
  }

  get settled(): boolean {
    return this.#gate.settled && this.#board.settled && (this.#watcher === null || this.#watcher.watching);
  }

  project({ floor, metadata, active, justEnded = false }: Wish): void {
    const turnMayBeOpen = this.#board.isBare ? justEnded : this.#opensAfterLook || this.#floor.mode !== "open";
    this.#floor = active ? floor : OPEN;
    this.#opensAfterLook = !active && !this.#compared && turnMayBeOpen;
    // The microphones first: it is the one thing here where milliseconds count.
    this.#gate.setFloor(this.#opensAfterLook ? CLOSED : this.#floor);
    this.#board.show(metadata);
    if (active) this.#keepWatching();
    else if (this.#watcher) this.#unwatchLater();
    // The list is there sooner than the watcher.
    if (!this.#compared) void this.#compare();
  }

  /** Makes sure that there is a room to come into. */
  async open(): Promise<void> {
    await this.#server.createRoom(this.#room, this.#board.text);
  }

  admit(id: ParticipantId): void {
    this.#shownOut.admit(id);
    this.#expectedUntil = Date.now() + EXPECTED_FOR_MS;
    this.#lookAgain();
  }

  remove(id: ParticipantId): Promise<void> {
    return this.#shownOut.remove(id);
  }

  joined(connection: Connection): void {
    if (!this.#shownOut.admits(connection.id)) return;
    this.#presence.joined(connection);
    this.#lookAgain();
  }

  /** By webhook: late, twice, or of somebody who has gone again. While the watcher looks, it knows better. */
  joinedByWebhook(connection: Connection): void {
    if (this.#watcher?.watching !== true) this.joined(connection);
  }

  left(connection: Pick<Connection, "id" | "sid">): void {
    this.#presence.left(connection);
  }

  /** LiveKit has closed the room; everybody in it is out. */
  finished(at: number): void {
    for (const connection of this.#presence.snapshot()) if (connection.joinedAt <= at) this.#presence.left(connection);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#shownOut.close();
    this.#gate.close();
    clearTimeout(this.#looking);
    clearTimeout(this.#watchingOn);
    this.#board.close();
    await this.#watcher?.close();
  }

  async #tell(metadata: string): Promise<void> {
    try {
      await this.#server.setMetadata(this.#room, metadata);
    } catch (error) {
      if (!isMissing(error)) throw error;
      // Outside a meeting a room that nobody is in does not have to exist; `open` shows this metadata to who comes.
      if (this.#watcher) await this.#server.createRoom(this.#room, metadata);
    }
  }

  #keepWatching(): void {
    const wasOver = this.#watchingOn !== undefined;
    clearTimeout(this.#watchingOn);
    this.#watchingOn = undefined;
    // That LiveKit is away is told anew to a meeting that begins now.
    if (wasOver && this.#state === "away") this.#unwatch();
    if (!this.#watcher) this.#watch();
  }

  /** Not before every microphone is closed that a turn had opened. */
  #unwatchLater(): void {
    this.#watchingOn ??= setTimeout(() => {
      this.#watchingOn = undefined;
      if (this.settled) this.#unwatch();
      else this.#unwatchLater();
    }, this.#options.watchOnMs ?? WATCH_ON_MS).unref();
  }

  #watch(): void {
    const { livekit } = this.#options;
    this.#compared = false;
    this.#setState("connecting");
    let before: Connection[] = [];
    this.#watcher = new Watcher({
      url: livekit.internalUrl.replace(/^http/, "ws"),
      admission: async () => {
        await this.open();
        if (this.#state === "away") this.#setState("connecting");
        before = this.#presence.snapshot();
        return watcherToken(livekit, this.#room);
      },
      seen: {
        everybody: (people) => this.#everybody(people, before),
        arrived: (person) => {
          this.#gate.arrived(person);
          this.joined(person);
        },
        left: (person) => {
          this.#gate.left(person);
          this.left(person);
        },
        published: (id, track) => this.#gate.published(id, track),
        unpublished: (id, track) => this.#gate.unpublished(id, track),
        muted: (id, track) => this.#gate.muted(id, track),
        unmuted: (id, track) => this.#gate.unmuted(id, track),
      },
      onWatching: () => {
        this.#compared = true;
        this.#setState("guarded");
        this.#board.hurry();
      },
      onLost: (reason) => {
        if (this.#state === "guarded") this.#log.warn({ reason }, "the call's watcher is out");
        if (this.#state === "guarded") this.#setState("connecting");
        void this.#compare();
      },
    });
  }

  #unwatch(): void {
    const watcher = this.#watcher;
    this.#watcher = null;
    this.#setState("off");
    void watcher?.close();
  }

  /** While no watcher tells us, LiveKit's own list does: after a start, and whenever the watcher was thrown out. */
  async #compare(): Promise<void> {
    const before = this.#presence.snapshot();
    try {
      const people = await this.#server.people(this.#room);
      this.#compared = true;
      if (this.#watcher?.watching !== true) this.#everybody(people, before);
    } catch (error) {
      this.#log.warn({ err: error }, "LiveKit does not answer");
      if (this.#watcher) this.#setState("away");
    }
  }

  /** As long as somebody is in the call, or may be. */
  #lookAgain(): void {
    if (this.#looking || this.#closed) return;
    this.#looking = setTimeout(() => {
      this.#looking = undefined;
      if (this.connected.length === 0 && Date.now() > this.#expectedUntil) return;
      if (!this.#watcher) void this.#compare();
      this.#lookAgain();
    }, this.#options.lookAgainMs ?? LOOK_AGAIN_MS).unref();
  }

  #everybody(people: readonly Person[], before: readonly Connection[]): void {
    this.#gate.replace(people);
    this.#opensAfterLook = false;
    this.#gate.setFloor(this.#floor);
    this.#presence.compare(people.filter(({ id }) => this.#shownOut.admits(id)), before);
  }

  #setState(state: CallState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onStatus({ room: this.#room, state });
  }
}
