import type { ParticipantId } from "../protocol/identity.ts";
import { startTimer } from "../time/time.ts";

/** One connection of a person to the call. A reload of the page makes a new connection of the same person. */
export type Connection = {
  readonly id: ParticipantId;
  readonly sid: string;
  readonly joinedAt: number;
  readonly name?: string;
};

/** Number of ended connections to remember, so that late news of their beginning is not believed. */
const REMEMBERED = 200;

/**
 * People in one room's call. The watcher and the webhooks both tell, in any order and more than once; only changes are
 * passed on. Each telling is about one connection, so the late end of an old one does not end its successor.
 */
export class CallPresence {
  readonly #onChange: (id: ParticipantId, connected: boolean) => void;
  readonly #present = new Map<ParticipantId, Connection>();
  readonly #ended = new Set<string>();
  /** Connections that ended with their call, and whose people are on their way into the next. */
  readonly #onTheWay = new Set<string>();

  constructor(onChange: (id: ParticipantId, connected: boolean) => void) {
    this.#onChange = onChange;
  }

  get connected(): ParticipantId[] {
    return [...this.#present.keys()];
  }

  joined(connection: Connection): void {
    const { id, sid, joinedAt, name = "" } = connection;
    const present = this.#present.get(id);
    if (this.#ended.has(sid) || present?.sid === sid || (present && present.joinedAt > joinedAt)) return;
    this.#present.set(id, { id, sid, joinedAt, name });
    if (!present) this.#onChange(id, true);
  }

  left({ id, sid }: Pick<Connection, "id" | "sid">): void {
    this.#remember(sid);
    this.#gone(id, sid);
  }

  /**
   * Compares with the list of everybody who was there when we asked. `before` are the connections known at that time:
   * people who came while the answer travelled are not in it and have not left. A missing person may only just be
   * coming in, so they may be told of again.
   */
  compare(everybody: readonly Connection[], before: readonly Connection[]): void {
    const now = new Set(everybody.map((connection) => connection.sid));
    for (const connection of before)
      if (!now.has(connection.sid) && !this.#onTheWay.has(connection.sid)) this.#gone(connection.id, connection.sid);
    for (const connection of everybody) this.joined(connection);
  }

  /**
   * Moves everybody, except one person if one is named, on to another call, since this one has ended; people who have
   * not come within the time are gone.
   */
  moved({ without, withinMs }: { readonly without: ParticipantId | null; readonly withinMs: number }): void {
    const before = this.snapshot();
    for (const { id, sid } of before) {
      this.#remember(sid);
      if (id === without) this.#gone(id, sid);
      else this.#onTheWay.add(sid);
    }
    startTimer(() => {
      for (const { id, sid } of before) {
        this.#onTheWay.delete(sid);
        this.#gone(id, sid);
      }
    }, withinMs).unref();
  }

  snapshot(): Connection[] {
    return [...this.#present.values()];
  }

  #gone(id: ParticipantId, sid: string): void {
    if (this.#present.get(id)?.sid !== sid) return;
    this.#present.delete(id);
    this.#onChange(id, false);
  }

  #remember(sid: string): void {
    this.#ended.add(sid);
    if (this.#ended.size > REMEMBERED) this.#ended.delete(this.#ended.values().next().value ?? sid);
  }
}
