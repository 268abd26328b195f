import type { Logger } from "pino";
import type { CallMetadata } from "../protocol/call-metadata.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { CallsOptions, CallState, Wish } from "./calls-options.ts";
import { Gate } from "./gate.ts";
import { Latest } from "./latest.ts";
import { isMissing, type LiveKitServer, type Person } from "./livekit-server.ts";
import { Presence, type Connection } from "./presence.ts";
import { ShownOut } from "./shown-out.ts";
import { watcherToken } from "./tokens.ts";
import { Watcher } from "./watcher.ts";

/** LiveKit's limit for the metadata of a room, in bytes. */
const METADATA_LIMIT = 64_000;
/** A record grows by many small pieces, just when the word has passed; people are told of them together. */
const RECORD_WITHIN_MS = 300;
/** Webhooks get lost; without a meeting nothing else would ever tell. */
const LOOK_AGAIN_MS = 10_000;
/** Who was given a token may be in, though no webhook said so. */
const EXPECTED_FOR_MS = 180_000;

/** One Matrix room's call: who is in it, who is heard, what everybody is shown. */
export class RoomCall {
  readonly #room: RoomId;
  readonly #options: CallsOptions;
  readonly #server: LiveKitServer;
  readonly #log: Logger;
  readonly #presence: Presence;
  readonly #gate: Gate;
  readonly #metadata: Latest<string>;
  readonly #shownOut: ShownOut;
  #lastMetadata = "";
  /** Which state of which meeting people were shown last; null: that there is none. */
  #shown: string | null | undefined;
  #recordGrew: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;
  #expectedUntil = 0;
  #watcher: Watcher | null = null;
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
    this.#metadata = new Latest(
      (metadata) => this.#tell(metadata),
      (error) => this.#log.warn({ err: error }, "the call was not told of the meeting yet"),
    );
  }

  get connected(): ParticipantId[] {
    return this.#presence.connected;
  }

  get settled(): boolean {
    return this.#gate.settled && this.#metadata.settled && this.#recordGrew === undefined && (this.#watcher === null || this.#watcher.watching);
  }

  project({ floor, metadata, active }: Wish): void {
    // The microphones first: it is the one thing here where milliseconds count.
    this.#gate.setFloor(active ? floor : { mode: "open" });
    this.#show(metadata);
    if (active && !this.#watcher) this.#watch();
    else if (!active && this.#watcher) this.#unwatch();
    // The list is there sooner than the watcher.
    if (!this.#compared) void this.#compare();
  }

  /** Makes sure that there is a room to come into. */
  async open(): Promise<void> {
    await this.#server.createRoom(this.#room, this.#lastMetadata);
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
    clearTimeout(this.#recordGrew);
    clearTimeout(this.#looking);
    this.#metadata.close();
    await this.#watcher?.close();
  }

  #show(metadata: CallMetadata): void {
    const text = JSON.stringify(metadata);
    if (text === this.#lastMetadata) return;
    const bytes = Buffer.byteLength(text);
    if (bytes > METADATA_LIMIT) return this.#log.error({ bytes }, "the meeting is too large for the call's metadata");
    this.#lastMetadata = text;
    const state = metadata.meeting && `${metadata.meeting.id} ${metadata.meeting.version}`;
    if (state === this.#shown) {
      this.#recordGrew ??= setTimeout(() => this.#send(), RECORD_WITHIN_MS);
    } else {
      this.#shown = state;
      this.#send();
    }
  }

  #send(): void {
    clearTimeout(this.#recordGrew);
    this.#recordGrew = undefined;
    this.#metadata.put(this.#lastMetadata);
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
        this.#metadata.hurry();
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
    this.#presence.compare(people.filter(({ id }) => this.#shownOut.admits(id)), before);
  }

  #setState(state: CallState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onStatus({ room: this.#room, state });
  }
}
