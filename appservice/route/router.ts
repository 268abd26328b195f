import type { Logger } from "pino";
import { z } from "zod";
import { monotonic, sleep } from "../time/time.ts";
import { ShardLine } from "./shard-line.ts";
import type { WaitingEvents } from "./waiting-events.ts";

export type EventRouterDeps = {
  readonly shards: readonly string[];
  readonly shardOf: (room: string) => string;
  /** Rooms that no shard has begun with yet: their events are kept until `release`. */
  readonly moving: readonly string[];
  readonly addressOf: (shard: string) => string;
  readonly hsToken: string;
  readonly waiting: WaitingEvents;
  /** Called with the events that a shard is to have. */
  readonly onTaken: (shard: string, count: number) => void;
  readonly log: Logger;
};

/** The homeserver waits no longer for a shard that is away: its events are safe on the disk. */
const STALLS_AT_MOST_MS = 4_000;

const DRAIN_LOOK_MS = 10;

const OfRoom = z.looseObject({ room_id: z.string() });

/** Passes each event of the homeserver to the shard of its room. */
export class EventRouter {
  readonly #parts: EventRouterDeps;
  readonly #lines: ReadonlyMap<string, ShardLine>;
  readonly #held: Set<string>;

  constructor(parts: EventRouterDeps) {
    this.#parts = parts;
    const { shards, shardOf, moving, addressOf, hsToken, waiting, log } = parts;
    this.#held = new Set(moving);
    this.#lines = new Map(
      shards.map((name) => [name, new ShardLine({ name, address: () => addressOf(name), hsToken, waiting, log })]),
    );
    for (const room of waiting.shards().flatMap(roomHeld))
      if (!this.#held.has(room)) waiting.give(held(room), shardOf(room));
    for (const line of this.#lines.values()) line.wake();
    const orphans = waiting.shards().filter((shard) => !this.#lines.has(shard) && roomHeld(shard).length === 0);
    if (orphans.length > 0)
      log.error(
        { shards: orphans },
        "events wait for shards that the table does not name: name them until they are brought",
      );
  }

  /** Keeps a transaction's events, and resolves when their shards have them, or when that takes too long. */
  async take(events: readonly unknown[]): Promise<void> {
    const parts = new Map<string, unknown[]>();
    for (const event of events)
      for (const shard of this.#shardsFor(event)) parts.set(shard, [...(parts.get(shard) ?? []), event]);
    for (const [shard, some] of parts) this.#parts.onTaken(shard, some.length);
    const numbers = this.#parts.waiting.keep(
      new Map([...parts].map(([shard, some]) => [shard, JSON.stringify({ events: some })])),
    );
    const brought = [...numbers].map(([shard, number]) => {
      const line = this.#lines.get(shard);
      const has = line?.has(number);
      line?.wake();
      return has;
    });
    const enough = new AbortController();
    await Promise.race([Promise.all(brought), sleep(STALLS_AT_MOST_MS, { signal: enough.signal }).catch(() => {})]);
    enough.abort();
  }

  /** Keeps the events of a room on the disk, for whichever shard it is given to. */
  hold(room: string): void {
    this.#held.add(room);
  }

  /** Gives what was kept of a room to its shard; from now on events go there at once. */
  release(room: string, shard: string): void {
    this.#parts.waiting.give(held(room), shard);
    this.#held.delete(room);
    this.#lines.get(shard)?.wake();
  }

  /** Tells whether a shard has taken, within a time, all that waits for it now. */
  async drained(shard: string, withinMs: number): Promise<boolean> {
    const { waiting } = this.#parts;
    const [last, until] = [waiting.last(shard), monotonic() + withinMs];
    while ((waiting.first(shard)?.number ?? Infinity) <= last) {
      if (monotonic() > until) return false;
      await sleep(DRAIN_LOOK_MS);
    }
    return true;
  }

  /** Shards that do not acknowledge what they are brought. */
  away(): string[] {
    return [...this.#lines].flatMap(([name, line]) => (line.reached ? [] : [name]));
  }

  /** Brings a shard at once what waits for it: it has another address now. */
  moved(shard: string): void {
    this.#lines.get(shard)?.moved();
  }

  close(): void {
    for (const line of this.#lines.values()) line.close();
  }

  /** An event of no room is everybody's. */
  #shardsFor(event: unknown): string[] {
    const { data } = OfRoom.safeParse(event);
    if (!data) return [...this.#lines.keys()];
    const { room_id: room } = data;
    return [this.#held.has(room) ? held(room) : this.#parts.shardOf(room)];
  }
}

/** Name under which the events of a room wait that is being moved; no shard is called so. */
const HELD = "moving ";
const held = (room: string) => `${HELD}${room}`;
const roomHeld = (name: string) => (name.startsWith(HELD) ? [name.slice(HELD.length)] : []);
