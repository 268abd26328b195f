import type { Logger } from "pino";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { Reconciler } from "../retry/reconciler.ts";
import type { Recordings } from "../store/recordings.ts";
import { type Egress, fileAt, type EgressTarget } from "./egress.ts";
import { RECORDINGS, type RecordingPlace } from "../dataset/target.ts";

/** Call of a meeting that goes on, as it is now. */
export type RecordableCall = {
  readonly call: string;
  readonly room: RoomId;
  readonly meeting: MeetingId;
  /** Everybody whose sound would be in a recording of the call. */
  readonly people: readonly { readonly id: ParticipantId; readonly allows: boolean }[];
};

export type RecorderDeps = {
  readonly egress: Egress;
  readonly place: RecordingPlace;
  readonly of: "people" | "room";
  readonly ending: "ogg" | "mp4";
  readonly recordings: Recordings;
  /** Takes files of recordings away. */
  readonly remove: (files: readonly string[]) => Promise<void>;
  /** Tells the room that a call is recorded from now on, or not any more. */
  readonly tell: (room: RoomId, recorded: boolean, nth: string) => Promise<void>;
  readonly now: () => number;
  readonly log: Logger;
};

/**
 * Has exactly that recorded to which those in it agreed: compares with what Egress does, also after a restart, and
 * takes away files in which somebody is who took their yes back.
 */
export class Recorder {
  readonly #deps: RecorderDeps;
  readonly #reconciler: Reconciler<readonly RecordableCall[]>;
  readonly #told = new Map<RoomId, boolean>();

  constructor(deps: RecorderDeps) {
    this.#deps = deps;
    this.#reconciler = new Reconciler({
      act: (calls) => this.#act(calls),
      onFailure: (error) => deps.log.warn({ err: error }, "LiveKit's Egress does not do as asked; it is asked again"),
    });
  }

  want(calls: readonly RecordableCall[]): void {
    this.#reconciler.want(calls);
  }

  stop(): void {
    this.#reconciler.stop();
  }

  async #act(calls: readonly RecordableCall[]): Promise<void> {
    const { egress, recordings, place, log } = this.#deps;
    const wanted = calls.flatMap((call) => this.#wantedOf(call).map((who) => ({ call, who })));
    const isWanted = (seen: EgressTarget) =>
      wanted.some(({ call, who }) => call.call === seen.call && who === seen.who);
    const ours = (await egress.active()).filter(({ file }) => file.startsWith(fileAt(place, RECORDINGS)));
    // Stops come first: whoever took their yes back is not to wait for others' recordings.
    for (const { id } of ours.filter((each) => !each.isEnding && !isWanted(each))) await egress.stop(id);
    const running = ours.filter((each) => !each.isEnding && isWanted(each));
    for (const each of wanted)
      if (!running.some(({ call, who }) => call === each.call.call && who === each.who))
        await this.#start(each.call, each.who);
    for (const { room } of calls)
      await this.#tell(
        room,
        wanted.some(({ call }) => call.room === room),
      );
    for (const room of this.#told.keys()) if (!calls.some((call) => call.room === room)) await this.#tell(room, false);
    const gone = recordings.toRemove(this.#deps.now());
    if (gone.length === 0) return;
    // A file that is written to its end would be there again.
    const still = new Set(ours.map(({ id }) => id));
    const free = gone.filter(({ id }) => !still.has(id));
    await this.#deps.remove(free.map(({ file }) => file));
    for (const { id } of free) recordings.removed(id);
    if (free.length > 0) log.info({ files: free.length }, "recordings of somebody who took their yes back are gone");
  }

  /** Whom a call is recorded of; null among them: of all of it. */
  #wantedOf({ people }: RecordableCall): (ParticipantId | null)[] {
    if (this.#deps.of === "people") return people.flatMap(({ id, allows }) => (allows ? [id] : []));
    return people.length > 0 && people.every(({ allows }) => allows) ? [null] : [];
  }

  async #start({ call, room, meeting, people }: RecordableCall, who: ParticipantId | null): Promise<void> {
    const { egress, recordings, ending, now } = this.#deps;
    const at = now();
    const file = `${RECORDINGS}${meeting}/${recordings.nameFor(who, at)}.${ending}`;
    const { id } = await egress.start({ call, who }, file);
    const inIt = who === null ? people.map(({ id: each }) => each) : [who];
    recordings.note({ id, room, meeting, file, people: inIt, at });
  }

  async #tell(room: RoomId, recorded: boolean): Promise<void> {
    if ((this.#told.get(room) ?? false) === recorded) return;
    await this.#deps.tell(room, recorded, `${this.#deps.now()}`);
    this.#told.set(room, recorded);
  }
}
