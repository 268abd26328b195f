import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { ServiceError } from "../../protocol/mindminder-error.ts";
import type { Timer } from "../../time/source.ts";
import { clearTimer, monotonic, repeat } from "../../time/time.ts";
import type { Decoded, EngineFacts } from "../decoder.ts";
import { EngineError, SAMPLE_RATE, type Speech } from "../engine.ts";
import { finalQueue, fleetKeys } from "./cards.ts";
import { failureOf, openText, sealSpeech } from "./cargo.ts";
import { Lanes } from "./lanes.ts";
import type { FleetSeal } from "./sealing.ts";

/** Nobody of the fleet will decode a piece in the near future; it is still on the disk. */
export class FleetAway extends ServiceError {
  constructor(reason: string) {
    super("FLEET_AWAY", reason);
  }
}

export type Order = {
  readonly crew: string;
  /** Engine of the crew. */
  readonly by: EngineFacts;
  readonly id: string;
  readonly speech: Speech;
  /** Low numbers go first. */
  readonly priority: number;
};

export type OffersDeps = {
  readonly redis: Redis;
  readonly seal: FleetSeal;
  /** True while Redis answers. */
  readonly reachable: () => boolean;
  /** True while somebody takes from the queue of this crew. */
  readonly isManned: (crew: string) => boolean;
  readonly log: Logger;
};

type Out = {
  readonly order: Order;
  readonly at: number;
  readonly resolve: (decoded: Decoded) => void;
  readonly reject: (error: Error) => void;
  readonly promise: Promise<Decoded>;
};

const LOOK_EVERY_MS = 2_000;
/** A piece that is out for longer is asked after: its event may have been missed, or Redis may have lost it. */
const ASK_AFTER_MS = 4_000;
/** Sound outlives the longest wait; what is lost by it lies on the disk. */
const SOUND_LASTS_S = 600;
/** Time for which Redis, or the last worker of a crew, may be away before a piece is taken back. */
const TAKE_BACK_AFTER_MS = 6_000;
/** Results of producers that died, kept until so many others have come. */
const KEPT_RESULTS = 2_000;

/**
 * Pieces that are out at the workers. What Redis loses is offered again under the same name; each text is told once,
 * whoever made it, and how often.
 */
export class Offers {
  readonly #parts: OffersDeps;
  readonly #keys: ReturnType<typeof fleetKeys>;
  readonly #lanes: Lanes;
  readonly #out = new Map<string, Out>();
  readonly #timer: Timer;
  #awaySince: number | null = null;
  #looking = false;

  constructor(parts: OffersDeps) {
    this.#parts = parts;
    this.#keys = fleetKeys(parts.seal.fingerprint);
    this.#lanes = new Lanes({
      redis: parts.redis,
      prefix: this.#keys.prefix,
      kept: KEPT_RESULTS,
      listen: (events) => {
        events.on("completed", ({ jobId, returnvalue }) => this.#take(jobId, returnvalue));
        events.on("failed", ({ jobId, failedReason }) => this.#fail(jobId, failureOf(failedReason)));
      },
    });
    this.#timer = repeat(() => void this.#lookAfterAll(), LOOK_EVERY_MS);
    parts.redis.on("ready", () => void this.#lookAfterAll());
  }

  /** Opens the way to a crew, so that its first piece need not wait for it. */
  prepare(crew: string): void {
    void this.#laneOf(crew).catch(() => {});
  }

  /** Seconds of speech that are out at a crew. */
  secondsAt(crew: string): number {
    return [...this.#out.values()].reduce((sum, { order }) => sum + (order.crew === crew ? secondsOf(order) : 0), 0);
  }

  /** Offers a piece; one that is out already is not offered twice. Rejects with `FleetAway`, or as the engine did. */
  offer(order: Order): Promise<Decoded> {
    const known = this.#out.get(order.id);
    if (known) return known.promise;
    const { promise, resolve, reject } = Promise.withResolvers<Decoded>();
    this.#out.set(order.id, { order, at: monotonic(), resolve, reject, promise });
    promise.catch(() => {}); // told to whoever asked
    this.#put(order).catch((error: unknown) => this.#fail(order.id, unsaid(error)));
    return promise;
  }

  close(): Promise<void> {
    clearTimer(this.#timer);
    return this.#lanes.close();
  }

  async #put({ crew, id, speech, priority }: Order): Promise<void> {
    const { redis, seal } = this.#parts;
    const { queue } = await this.#laneOf(crew);
    const keep = { count: KEPT_RESULTS };
    await Promise.all([
      // The sound first, on the same connection: a worker that finds none gives the piece up.
      redis.set(this.#keys.sound(id), sealSpeech(seal, id, speech), "EX", SOUND_LASTS_S),
      queue.add("piece", {}, { jobId: id, priority, removeOnComplete: keep, removeOnFail: keep }),
    ]);
  }

  #laneOf(crew: string) {
    return this.#lanes.of(finalQueue(crew));
  }

  #take(id: string, sealed: unknown): void {
    const out = this.#out.get(id);
    if (!out) return;
    try {
      const { text, language, words } = openText(this.#parts.seal, id, String(sealed));
      this.#settled(out);
      out.resolve({ text, language, words, by: out.order.by });
    } catch (cause) {
      this.#parts.log.error({ piece: id, err: cause }, "a text in Redis cannot be opened; the piece is decoded again");
      this.#fail(id, new EngineError("engine-refused", "the text cannot be opened", { cause }));
    }
  }

  #fail(id: string, error: Error): void {
    const out = this.#out.get(id);
    if (!out) return;
    this.#settled(out);
    out.reject(error);
  }

  /** Forgets a piece, here and in Redis. */
  #settled({ order: { id, crew } }: Out): void {
    this.#out.delete(id);
    void this.#laneOf(crew)
      .then(({ queue }) => Promise.all([queue.remove(id), this.#parts.redis.del(this.#keys.sound(id))]))
      .catch(() => {}); // decoded in vain at worst
  }

  async #lookAfterAll(): Promise<void> {
    const { reachable } = this.#parts;
    this.#awaySince = reachable() ? null : (this.#awaySince ?? monotonic());
    if (this.#awaySince !== null) {
      if (monotonic() - this.#awaySince >= TAKE_BACK_AFTER_MS) this.#takeBack("the fleet's Redis is away", () => true);
      return;
    }
    if (this.#looking) return;
    this.#looking = true;
    try {
      for (const out of [...this.#out.values()]) if (monotonic() - out.at >= ASK_AFTER_MS) await this.#lookAfter(out);
    } catch (error) {
      this.#parts.log.debug({ err: error }, "pieces at the fleet could not be looked after");
    } finally {
      this.#looking = false;
    }
  }

  /** Makes good what was missed: a result whose event did not come, a piece that Redis lost or that nobody takes. */
  async #lookAfter(out: Out): Promise<void> {
    const { id, crew } = out.order;
    const { queue } = await this.#laneOf(crew);
    const job = await queue.getJob(id);
    if (this.#out.get(id) !== out) return;
    if (!job) {
      this.#parts.log.info({ piece: id }, "Redis has lost a piece of speech; it is offered again");
      return this.#put(out.order);
    }
    const state = await job.getState();
    if (state === "completed") return this.#take(id, job.returnvalue ?? (await queue.getJob(id))?.returnvalue);
    if (state === "failed") return this.#fail(id, failureOf(job.failedReason ?? ""));
    const isOld = monotonic() - out.at >= TAKE_BACK_AFTER_MS;
    if (isOld && state !== "active" && !this.#parts.isManned(crew))
      this.#takeBack("no worker takes it any more", (one) => one === out);
  }

  #takeBack(reason: string, which: (out: Out) => boolean): void {
    for (const out of [...this.#out.values()]) if (which(out)) this.#fail(out.order.id, new FleetAway(reason));
  }
}

const secondsOf = ({ speech }: Order) => speech.samples.length / SAMPLE_RATE;

/** Redis refused a piece, for which its reason is logged with the fleet's state: it may be full. */
function unsaid(error: unknown): Error {
  return new FleetAway(`Redis did not take it (${error instanceof Error ? error.message : String(error)})`);
}
