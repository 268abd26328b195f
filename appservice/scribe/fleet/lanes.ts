import type { Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";

/** Queue of a crew, and the events by which its results come. */
export type Lane = { readonly queue: Queue; readonly events: QueueEvents };

export type LanesDeps = {
  readonly redis: Redis;
  readonly prefix: string;
  /** Results of producers that died are kept until so many others have come. */
  readonly kept: number;
  readonly listen: (events: QueueEvents) => void;
};

/** Lanes by the names of their queues, each opened when it is needed first. */
export class Lanes {
  readonly #parts: LanesDeps;
  readonly #lanes = new Map<string, Promise<Lane>>();

  constructor(parts: LanesDeps) {
    this.#parts = parts;
  }

  of(name: string): Promise<Lane> {
    const known = this.#lanes.get(name);
    if (known) return known;
    const opening = this.#open(name);
    this.#lanes.set(name, opening);
    return opening;
  }

  async close(): Promise<void> {
    for (const lane of this.#lanes.values()) {
      const { queue, events } = await lane;
      await Promise.all([queue.close(), events.close()]).catch(() => {});
    }
  }

  async #open(name: string): Promise<Lane> {
    const { Queue, QueueEvents } = await import("bullmq");
    const { redis, prefix, kept, listen } = this.#parts;
    const queue = new Queue(name, { connection: redis, prefix, streams: { events: { maxLen: kept } } });
    const ear = redis.duplicate();
    const events = new QueueEvents(name, { connection: ear, prefix });
    // The roster tells that Redis is away.
    queue.on("error", () => {});
    events.on("error", () => {});
    ear.on("error", () => {});
    listen(events);
    await events.waitUntilReady();
    return { queue, events };
  }
}
