import type { Logger } from "pino";
import { RECORDINGS, type RecordingPlace } from "../dataset/target.ts";
import { MeetingId, ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { RecordedCall } from "../protocol/recorded-call.ts";
import { Reconciler } from "../retry/reconciler.ts";
import type { Recordings } from "../store/recordings.ts";
import { type Egress, type EgressSeen, type EgressTarget, fileAt } from "./egress.ts";
import type { RecordingRemoval } from "./removal.ts";

/** Call of a meeting that goes on, as it is now. */
export type RecordableCall = {
  readonly call: string;
  readonly room: RoomId;
  readonly meeting: MeetingId;
  /** Everybody whose sound would be in a recording of the call; null: that is not known yet. */
  readonly people: readonly ParticipantId[] | null;
};

export type RecorderDeps = {
  readonly egress: Egress;
  readonly place: RecordingPlace;
  /** Name of the set beside which recordings lie. */
  readonly target: string;
  /** Name of this service among several that record to one place. */
  readonly shard: string | null;
  readonly of: "people" | "room";
  readonly ending: "ogg" | "mp4";
  readonly recordings: Recordings;
  readonly removal: RecordingRemoval;
  /** Those who allow now that they are recorded in a room. */
  readonly allowing: (room: RoomId) => ReadonlySet<ParticipantId>;
  readonly roomOf: (meeting: MeetingId) => RoomId | null;
  /** Tells the room that a call is recorded from now on, or not any more. */
  readonly tell: (room: RoomId, recorded: boolean, nth: string) => Promise<void>;
  /** Shows everybody in the calls that go on of whom each is recorded; in those that are not named, nobody. */
  readonly show: (recorded: ReadonlyMap<string, RecordedCall>) => void;
  readonly now: () => number;
  readonly log: Logger;
};

/** Recording that goes on, with its path in the target. */
type Going = EgressTarget & { readonly path: string; readonly isEnding: boolean };
type Wanted = { readonly call: RecordableCall; readonly who: ParticipantId | null };

/**
 * Has exactly that recorded to which those in it agreed: compares with what Egress does, also after a restart, and
 * lets files go in which somebody is who does not agree.
 */
export class Recorder {
  readonly #deps: RecorderDeps;
  readonly #reconciler: Reconciler<readonly RecordableCall[]>;
  /** Those that Egress was last known to be at. */
  #going: readonly Going[] = [];
  /** Files of recordings that Egress was asked for and has not confirmed: it may have begun them all the same. */
  readonly #asked = new Map<string, string>();

  constructor(deps: RecorderDeps) {
    this.#deps = deps;
    this.#reconciler = new Reconciler({
      act: (calls) => this.#act(calls),
      onFailure: (error) => deps.log.warn({ err: error }, "LiveKit's Egress does not do as asked; it is asked again"),
    });
  }

  want(calls: readonly RecordableCall[]): void {
    // Notes people who came in even while Egress cannot be asked: they are in the file.
    for (const { path, call, who, isEnding } of this.#going)
      if (who === null && !isEnding)
        for (const each of calls) if (each.call === call) this.#deps.recordings.hear(path, each.people ?? []);
    this.#reconciler.want(calls);
  }

  stop(): void {
    this.#reconciler.stop();
  }

  async #act(calls: readonly RecordableCall[]): Promise<void> {
    const { egress, removal } = this.#deps;
    let writing: Set<string> | null = null;
    try {
      const ours = (await egress.active()).flatMap((each) => this.#oursOf(each) ?? []);
      writing = new Set(ours.map(({ path }) => path));
      await this.#bringAbout(calls, ours, writing);
    } finally {
      await removal.run(writing);
    }
  }

  async #bringAbout(
    calls: readonly RecordableCall[],
    ours: readonly (EgressSeen & Going)[],
    writing: Set<string>,
  ): Promise<void> {
    const { egress, recordings } = this.#deps;
    const allowing = onceEach(this.#deps.allowing);
    this.#note(calls, ours, allowing);
    const wanted = calls.flatMap((call) =>
      this.#wantedOf(call, allowing(call.room), ours).map((who) => ({ call, who })),
    );
    const names = new Map(wanted.map((each) => [nameOf({ call: each.call.call, who: each.who }), each]));
    for (const name of this.#asked.keys()) if (!names.has(name)) this.#asked.delete(name);
    // Stops come first: whoever took their yes back is not to wait for others' recordings.
    for (const each of ours) if (!each.isEnding && !names.has(nameOf(each))) await egress.stop(each.id);
    // Before they begin: one that cannot be begun must not hide the others.
    this.#deps.show(recordedIn(wanted));
    const running = new Set(ours.filter(({ isEnding }) => !isEnding).map(nameOf));
    for (const [name, each] of names) if (!running.has(name)) await this.#start(name, each, writing);
    const rooms = new Set(wanted.map(({ call }) => call.room));
    const told = new Set(recordings.told());
    for (const room of rooms) if (!told.has(room)) await this.#tell(room, true);
    for (const room of told) if (!rooms.has(room)) await this.#tell(room, false);
  }

  /** Null for what another service records. */
  #oursOf(seen: EgressSeen): (EgressSeen & Going) | null {
    const { place, recordings } = this.#deps;
    const start = fileAt(place, "");
    if (!seen.file.startsWith(start)) return null;
    const path = seen.file.slice(start.length);
    return path.startsWith(this.#folder) || recordings.has(path) ? { ...seen, path } : null;
  }

  /** Folder of this service's recordings in the target. */
  get #folder(): string {
    const { shard } = this.#deps;
    return shard === null ? RECORDINGS : `${RECORDINGS}${shard}/`;
  }

  /** Notes who is in what Egress records, also in what is to be stopped or has just ended; what is not allowed goes. */
  #note(
    calls: readonly RecordableCall[],
    ours: readonly (EgressSeen & Going)[],
    allowing: RecorderDeps["allowing"],
  ): void {
    const { recordings, roomOf, target, now } = this.#deps;
    const before = this.#going;
    this.#going = ours;
    for (const { path, call, who, isEnding } of ours) {
      const its = calls.find((each) => each.call === call);
      const meeting = MeetingId.safeParse(path.slice(this.#folder.length).split("/")[0]).data;
      const room = its?.room ?? (meeting ? roomOf(meeting) : null);
      const heard = its?.people && !isEnding ? its.people : [];
      const people = who === null ? heard : [ParticipantId.safeParse(who).data ?? []].flat();
      if (meeting && room) recordings.note({ file: path, target, room, meeting, people, at: now() });
      else recordings.hear(path, people);
    }
    for (const path of new Set([...before, ...ours].map((each) => each.path)))
      recordings.letGoUnlessAllowed(path, allowing);
  }

  /** Whom a call is recorded of; null among them: of all of it. */
  #wantedOf(
    { call, people }: RecordableCall,
    allow: ReadonlySet<ParticipantId>,
    ours: readonly Going[],
  ): (ParticipantId | null)[] {
    if (people === null) {
      const stay = ours.filter(
        (each) => each.call === call && !each.isEnding && this.#deps.recordings.stays(each.path),
      );
      return stay.map(({ who }) => ParticipantId.nullable().parse(who));
    }
    if (this.#deps.of === "people") return people.filter((who) => allow.has(who));
    return people.length > 0 && people.every((who) => allow.has(who)) ? [null] : [];
  }

  /** Notes a recording before it begins: a no is to find it, and so is who looks for files after a fall. */
  async #start(name: string, { call, who }: Wanted, writing: Set<string>): Promise<void> {
    const { egress, recordings, target, ending, now } = this.#deps;
    const [at, asked] = [now(), this.#asked.get(name)];
    const fresh = `${this.#folder}${call.meeting}/${recordings.nameFor(who, at)}.${ending}`;
    const path = asked !== undefined && recordings.stays(asked) ? asked : fresh;
    this.#asked.set(name, path);
    const { room, meeting } = call;
    recordings.note({ file: path, target, room, meeting, people: who === null ? (call.people ?? []) : [who], at });
    writing.add(path);
    this.#going = [...this.#going, { call: call.call, who, path, isEnding: false }];
    await egress.start({ call: call.call, who }, path);
    this.#asked.delete(name);
  }

  async #tell(room: RoomId, recorded: boolean): Promise<void> {
    await this.#deps.tell(room, recorded, `${this.#deps.now()}`);
    this.#deps.recordings.tell(room, recorded);
  }
}

/** People of whom each call is recorded. */
function recordedIn(wanted: readonly Wanted[]): ReadonlyMap<string, RecordedCall> {
  const calls = Map.groupBy(wanted, ({ call }) => call.call);
  return new Map(
    [...calls].map(([name, all]) => {
      const whole = all.find(({ who }) => who === null);
      const people = whole ? (whole.call.people ?? []) : all.flatMap(({ who }) => who ?? []);
      return [name, { people: [...people], whole: whole !== undefined }];
    }),
  );
}

function nameOf({ call, who }: EgressTarget): string {
  return JSON.stringify([call, who]);
}

function onceEach<K, V>(of: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? of(key);
    known.set(key, value);
    return value;
  };
}
