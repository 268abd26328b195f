import type { Logger } from "pino";
import type { Floor } from "../circle/floor.ts";
import { type CirclePlace, isPlaceOfAll, ringAt, roomAt } from "../protocol/place.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { Attendance } from "./attendance.ts";
import { Board } from "./board.ts";
import type { CallsDeps, WantedCall } from "./calls-options.ts";
import type { EndedCalls } from "./ended-calls.ts";
import { Gate } from "./gate.ts";
import { Guard } from "./guard.ts";
import type { LiveKit } from "./livekit.ts";
import { isMissing, type LiveKitServer, type CallPerson } from "./livekit-server.ts";
import type { CallMetadata } from "../protocol/call-metadata.ts";
import { NOT_RECORDED, type RecordedCall } from "../protocol/recorded-call.ts";
import type { ListeningPeople } from "../protocol/listening.ts";
import { Hearing } from "./hearing.ts";
import { Permissions } from "./permissions.ts";
import type { Connection } from "./presence.ts";
import type { Reach } from "./reach.ts";
import { RollCall } from "./roll-call.ts";
import type { WatcherListener } from "./watcher.ts";

const OPEN: Floor = { mode: "open" };
const CLOSED: Floor = { mode: "closed" };
/**
 * So many who leave at once end their call. Fewer go one by one, which gives it no other name; so do more, since
 * LiveKit closes the connections of a call that ends one after another.
 */
const ENDED_AS_A_WHOLE = { from: 3, to: 20 };

/**
 * The call of a Matrix room, or of a ring in it: the people in it, their microphones, and the state that everybody is
 * shown.
 */
export class RoomCall {
  readonly #place: CirclePlace;
  readonly #ended: EndedCalls;
  readonly #options: CallsDeps;
  readonly #server: LiveKitServer;
  readonly #log: Logger;
  readonly #attendance: Attendance;
  readonly #gate: Gate;
  readonly #hearing: Hearing;
  readonly #board: Board;
  #floor: Floor = OPEN;
  /**
   * True while the floor waits to open until we know who is there: the microphone of a turn that ended before that may
   * still be open.
   */
  #opensAfterLook = false;
  readonly #guard: Guard;
  readonly #rollCall: RollCall;
  #projected = false;
  /** True while the floor is to be kept: a meeting runs. */
  #active = false;
  /** Request for the call's LiveKit room that is under way. */
  #opening: { readonly name: string; readonly done: Promise<void> } | null = null;
  #metadata: CallMetadata = { meeting: null, record: 0 };
  #recorded = NOT_RECORDED;

  constructor(
    place: CirclePlace,
    options: CallsDeps,
    { livekit, ended, reach }: { readonly livekit: LiveKit; readonly ended: EndedCalls; readonly reach: Reach },
  ) {
    this.#place = place;
    const room = roomAt(place);
    this.#ended = ended;
    this.#options = options;
    const { server } = livekit;
    this.#server = server;
    const ring = ringAt(place);
    this.#log = options.log.child({ room, ...(ring !== null && { ring }) });
    this.#attendance = new Attendance({
      log: this.#log,
      onChange: (participant, connected) => {
        options.onPresence({ place, participant, connected });
        this.#show();
      },
      remove: (id) => server.remove(this.#name, id),
      mayBeIn: (id) => options.mayBeIn(place, id),
      onIntruder: (id) => {
        this.#moveWithout(id);
        void this.#attendance.remove(id);
      },
      look: () => {
        if (!this.#guard.isUp) void this.#rollCall.look();
      },
      lookAgainMs: options.lookAgainMs,
      moveWithinMs: options.moveWithinMs,
    });
    const permissions = new Permissions((id, rights) => server.setRights(this.#name, id, rights));
    this.#hearing = new Hearing({
      permissions,
      connections: () => this.#attendance.snapshot(),
      onFailure: (participant, error) => {
        if (!isMissing(error)) this.#log.warn({ participant, err: error }, "somebody in the call cannot hear yet");
      },
    });
    this.#gate = new Gate({
      hands: {
        setMuted: (id, track, muted) => server.setMuted(this.#name, id, track, muted),
        setMayPublish: (id, may) => permissions.change(id, { publish: may }),
      },
      onViolation: (participant, what) => options.onViolation({ place, participant, what }),
      isGone: isMissing,
      onFailure: (participant, error) => {
        reach.look();
        this.#log.warn({ participant, err: error }, "a microphone does not follow the floor yet");
      },
    });
    this.#board = new Board({
      tell: (metadata) => this.#tell(metadata),
      onTold: (metadata) => this.#hearing.told(metadata),
      onFailure: (error) => this.#log.warn({ err: error }, "the call was not told of the meeting yet"),
      onTooLarge: (bytes) => this.#log.error({ bytes }, "the meeting is too large for the call's metadata"),
    });
    this.#rollCall = new RollCall({
      server,
      name: () => this.#name,
      reach,
      log: this.#log,
      known: () => this.#attendance.snapshot(),
      isWatched: () => this.#guard.isWatching,
      onPeople: (people, since) => this.#everybody(people, since),
    });
    let before: Connection[] = [];
    this.#guard = new Guard({
      livekit,
      reach,
      name: () => this.#name,
      watchOnMs: options.watchOnMs,
      open: async () => {
        await this.open();
        before = this.#attendance.snapshot();
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
        ...ofTracks(this.#gate),
      },
      onWithheld: (sid) => this.#gate.withheld(sid),
      onEntering: () => this.#rollCall.begin(),
      onWatching: () => {
        this.#rollCall.done();
        this.#board.hurry();
      },
      onLost: (reason) => {
        if (this.#guard.state === "guarded") this.#log.warn({ reason }, "the call's watcher is out");
        void this.#rollCall.look();
      },
      onState: (state) => {
        // The outage is often known before the watcher falls out and is logged once there; each meeting's own lines
        // have to tell of it, too.
        if (state === "away") this.#log.warn("the call stands still until LiveKit answers");
        options.onStatus({ place, state });
      },
      look: () => void this.#rollCall.look(),
      isSettled: () => this.#gate.settled && this.#board.settled,
    });
  }

  /** Name by which LiveKit knows this call. */
  get #name(): string {
    return this.#options.names.of(this.#place);
  }

  get connected(): ParticipantId[] {
    return this.#attendance.connected;
  }

  /** People in the call without a seat in the circle. */
  get listening(): ListeningPeople {
    return this.#hearing.listening(this.#metadata.meeting);
  }

  /** Tells whether everybody in the call sees that this person is in it. */
  isShown(id: ParticipantId): boolean {
    return this.#hearing.isShown(id);
  }

  /** Tells whether a meeting runs, or ended a moment ago. */
  get hasGuard(): boolean {
    return this.#guard.isUp;
  }

  /** Notes that LiveKit does not answer, or refuses us. */
  away(): void {
    this.#guard.away();
  }

  /** Notes that LiveKit answers again. */
  back(): void {
    this.#guard.back();
    if (!this.#guard.isUp) void this.#rollCall.look();
  }

  get settled(): boolean {
    return this.#gate.settled && this.#board.settled && (!this.#guard.isUp || this.#guard.isWatching);
  }

  project({ floor, metadata, active, justEnded = false }: WantedCall): void {
    const turnMayBeOpen = !this.#projected ? justEnded : this.#opensAfterLook || this.#floor.mode !== "open";
    this.#floor = active ? floor : OPEN;
    this.#opensAfterLook = !active && !this.#rollCall.isDone && turnMayBeOpen;
    // Sets the microphones first: here alone milliseconds count.
    this.#gate.setFloor(this.#opensAfterLook ? CLOSED : this.#floor);
    this.#projected = true;
    this.#active = active;
    this.#metadata = metadata;
    this.#show();
    if (active) this.#guard.keep();
    else this.#guard.leaveLater();
    // LiveKit's list is there sooner than the watcher.
    if (!this.#rollCall.isDone) void this.#rollCall.look();
  }

  /** Makes sure that the call's LiveKit room exists. A whole ring that comes at once asks LiveKit for it once. */
  open(): Promise<void> {
    const name = this.#name;
    if (this.#opening?.name === name) return this.#opening.done;
    const done = this.#server.createRoom(name, this.#board.text).finally(() => {
      if (this.#opening?.done === done) this.#opening = null;
    });
    this.#opening = { name, done };
    return done;
  }

  admit(id: ParticipantId): void {
    if (this.#active) this.#guard.keep();
    this.#attendance.admit(id);
  }

  /** Puts a person out. Where they may hold a token the call moves, so that they hold one for a call that is over. */
  remove(id: ParticipantId): Promise<void> {
    if (this.#options.names.mayHaveToken(this.#place, id)) this.#moveWithout(id);
    return this.#attendance.remove(id);
  }

  /**
   * Has people leave who sit elsewhere now, and keeps them out until they are let in again. Where nobody stays, the
   * call ends as a whole: LiveKit would tell each of them how each other one goes.
   */
  async sendOn(people: readonly ParticipantId[]): Promise<void> {
    const going = new Set(people);
    const { from, to } = ENDED_AS_A_WHOLE;
    if (going.size < from || going.size > to || this.connected.some((id) => !going.has(id)))
      return void (await Promise.all(people.map((id) => this.#attendance.remove(id))));
    const ended = this.#ended.end(this.#options.names.renew(this.#place));
    this.#log.info({ people: going.size }, "the call ends, since all who were in it sit elsewhere now");
    this.#guard.leave();
    this.#attendance.allGone();
    this.#options.onMoved?.(this.#place, false);
    await ended;
  }

  /** Has everybody come into the call anew, by another name, since it is encrypted from now on. */
  encrypted(): void {
    if (this.connected.length > 0 || this.#guard.isUp) this.#moveWithout(null);
  }

  /** Tells everybody what is new of the room: a key, or an assembly that gathers. */
  tellAnew(): void {
    this.#show();
  }

  joined(person: CallPerson): void {
    this.#hearing.arrived(person);
    this.#attendance.joined(person);
  }

  /**
   * Takes a webhook's word: late, twice, or of somebody who has gone again. While the watcher looks, it knows better.
   */
  joinedByWebhook(person: CallPerson): void {
    if (!this.#guard.isWatching) return this.joined(person);
    // LiveKit tells its clients of a mere listener up to 3 s later.
    this.#hearing.arrived(person);
    void this.#rollCall.find(person).then((found) => found && this.joined(found));
  }

  left(connection: Pick<Connection, "id" | "sid">): void {
    this.#attendance.left(connection);
  }

  finished(at: number): void {
    this.#attendance.finished(at);
  }

  async close(): Promise<void> {
    this.#attendance.close();
    this.#gate.close();
    this.#hearing.close();
    this.#board.close();
    await this.#guard.close();
  }

  /**
   * Moves the call to another name. LiveKit ends the old one at once, so that the person who is put out hears nothing
   * after its last sound; the others come back by a fresh token, which that person is not given.
   */
  #moveWithout(id: ParticipantId | null): void {
    void this.#ended.end(this.#options.names.renew(this.#place));
    if (id === null) this.#log.info("the call goes on under another name, encrypted");
    else this.#log.info({ participant: id }, "the call goes on under another name without somebody who was put out");
    this.#attendance.movedWithout(id);
    if (this.#guard.isUp) this.#guard.enter();
    this.#options.onMoved?.(this.#place, true);
  }

  #show(): void {
    const epoch = this.#options.keys?.epochOf(roomAt(this.#place)) ?? null;
    const { listening } = this;
    const isRecorded = this.#recorded.whole || this.#recorded.people.length > 0;
    const recorded = isRecorded && { recorded: this.#recorded };
    const gathering = this.#options.gathers?.(roomAt(this.#place)) && { gathering: true as const };
    const number = ringAt(this.#place);
    const ring = number !== null && !isPlaceOfAll(this.#place) && { ring: number };
    const beside = { listening, ...(epoch !== null && { epoch }), ...gathering, ...recorded };
    this.#board.show({ ...ring, ...this.#metadata, ...beside });
  }

  /** Shows everybody in the call of whom it is recorded. */
  recorded(recorded: RecordedCall): void {
    if (JSON.stringify(recorded) === JSON.stringify(this.#recorded)) return;
    this.#recorded = recorded;
    this.#show();
  }

  async #tell(metadata: string): Promise<void> {
    try {
      await this.#server.setMetadata(this.#name, metadata);
    } catch (error) {
      if (!isMissing(error)) throw error;
      // Outside a meeting a room that nobody is in does not have to exist; `open` shows this metadata to who comes.
      if (this.#guard.isUp) await this.#server.createRoom(this.#name, metadata);
    }
  }

  #everybody(people: readonly CallPerson[], before: readonly Connection[]): void {
    this.#gate.replace(people);
    this.#opensAfterLook = false;
    this.#gate.setFloor(this.#floor);
    this.#attendance.compare(people, before);
    this.#hearing.everybody(people);
  }
}

function ofTracks(gate: Gate): Pick<WatcherListener, "published" | "unpublished" | "muted" | "unmuted"> {
  return {
    published: (id, track) => gate.published(id, track),
    unpublished: (id, track) => gate.unpublished(id, track),
    muted: (id, track) => gate.muted(id, track),
    unmuted: (id, track) => gate.unmuted(id, track),
  };
}
