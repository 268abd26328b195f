import type { Logger } from "pino";
import type { CallPerson, LiveKitServer } from "./livekit-server.ts";
import type { Connection } from "./presence.ts";
import type { Reach } from "./reach.ts";

export type RollCallDeps = {
  readonly server: Pick<LiveKitServer, "people">;
  /** Present name of the call. */
  readonly name: () => string;
  readonly reach: Pick<Reach, "look" | "away">;
  readonly log: Logger;
  /** Connections that we know of at the moment. */
  readonly known: () => Connection[];
  /** Tells whether the watcher is in the call: then it knows better than any list. */
  readonly isWatched: () => boolean;
  /**
   * Called with a list that no watcher knows better than; `before`: connections that were known when it was asked for.
   */
  readonly onPeople: (people: readonly CallPerson[], before: readonly Connection[]) => void;
};

/** Reads LiveKit's own list of one call while no watcher tells us: after a start, and whenever the watcher is out. */
export class RollCall {
  readonly #deps: RollCallDeps;
  #isDone = false;
  /** Numbers of the last time the list was asked for, and of the newest list that was taken. */
  #asked = 0;
  #taken = 0;
  /** True where the list could not be had when it was last asked for. */
  #unread = false;

  constructor(deps: RollCallDeps) {
    this.#deps = deps;
  }

  /** True once a list or a watcher has told who is in the call. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Notes that the watcher is about to come in: it is not known any more who is in the call. */
  begin(): void {
    this.#isDone = false;
  }

  /** Notes that the watcher has told who is in the call. */
  done(): void {
    this.#isDone = true;
  }

  async look(): Promise<void> {
    const { server, name, reach, log, known, isWatched, onPeople } = this.#deps;
    const before = known();
    const asked = name();
    const number = ++this.#asked;
    try {
      const people = await server.people(asked);
      if (asked !== name() || number < this.#taken) return;
      this.#taken = number;
      this.#isDone = true;
      this.#unread = false;
      if (!isWatched()) onPeople(people, before);
    } catch (error) {
      reach.look();
      if (!this.#unread && !reach.away) log.warn({ err: error }, "who is in the call could not be read yet");
      this.#unread = true;
    }
  }

  /** Finds a connection in the call; null where it has gone, or the call has another name by now. */
  async find({ sid }: Pick<CallPerson, "sid">): Promise<CallPerson | null> {
    const { server, name } = this.#deps;
    const asked = name();
    const people = await server.people(asked).catch((): CallPerson[] => []);
    return (asked === name() && people.find((person) => person.sid === sid)) || null;
  }
}
