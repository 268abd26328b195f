import { hostname } from "node:os";
import type { Job, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { randomBytes } from "../../time/chance.ts";
import type { Timer } from "../../time/source.ts";
import { clearTimer, monotonic, repeat, timeLimit } from "../../time/time.ts";
import { type Engine, SAMPLE_RATE, type Speech, type Transcript } from "../engine.ts";
import { CARD_EVERY_MS, crewOf, finalQueue, fleetKeys, partialQueue, RELEASE, type WorkerCard } from "./cards.ts";
import { CaptionJob, type CaptionAnswer, failureWord, openSpeech, sealText } from "./cargo.ts";
import type { Carries } from "./carries.ts";
import { refusal } from "./refusal.ts";
import { leaveCard } from "./roster.ts";
import type { FleetSeal } from "./sealing.ts";

export type FleetWorkerDeps = {
  readonly redis: Redis;
  readonly seal: FleetSeal;
  readonly engine: Engine;
  /** Engine for captions of English; null where the other makes them all. */
  readonly quick: Engine | null;
  readonly captions: boolean;
  readonly carries: Carries;
  readonly languages: readonly string[];
  readonly sendsTo: readonly string[];
  readonly protocol: number;
  /** Called when the services refuse this worker, with the reason in words. */
  readonly onRefused: (reason: string) => void;
  readonly log: Logger;
};

/** A worker that is killed, or that hangs, loses its pieces after so long; it renews its hold twice as often. */
const HOLD_MS = 8_000;
const LOOK_FOR_LOST_EVERY_MS = 2_000;
/** A piece at which so many workers died in a row is given back as failed. */
const MOST_DEATHS = 3;
const DECODED_WITHIN_MS = 100_000;
/** Weight of the newest decoding in the average of how fast they are. */
const NEWEST_COUNTS = 0.1;

/** Takes pieces of speech from Redis and gives their text back, until it is told to drain. */
export class FleetWorker {
  readonly #parts: FleetWorkerDeps;
  readonly #keys: ReturnType<typeof fleetKeys>;
  readonly #id = `${hostname()}-${process.pid}-${randomBytes(3).toString("hex")}`;
  #workers: Worker[] = [];
  #timer: Timer | null = null;
  #renewing = false;
  #rate: number;
  #busy = 0;
  #done = 0;
  #draining = false;

  constructor(parts: FleetWorkerDeps) {
    this.#parts = parts;
    this.#keys = fleetKeys(parts.seal.fingerprint);
    this.#rate = parts.carries.rate;
  }

  get card(): WorkerCard {
    const { engine, languages, sendsTo, captions, carries, protocol } = this.#parts;
    const { id, model, takesVocabulary } = engine;
    return {
      id: this.#id,
      protocol,
      release: RELEASE,
      host: hostname(),
      pid: process.pid,
      engine: { id, model, takesVocabulary },
      languages: [...languages],
      sendsTo: [...sendsTo],
      captions,
      slots: carries.slots,
      rate: this.#rate,
      busy: this.#busy,
      done: this.#done,
      draining: this.#draining,
    };
  }

  async start(): Promise<void> {
    const { captions, carries } = this.#parts;
    const crew = crewOf(this.card);
    this.#workers = [await this.#take(finalQueue(crew), carries.slots, (job) => this.#final(job))];
    // Slots of their own: captions never stand before what is written down.
    const forCaptions = Math.max(1, Math.floor(carries.slots / 2));
    if (captions) this.#workers.push(await this.#take(partialQueue(crew), forCaptions, (job) => this.#caption(job)));
    await this.#renew();
    this.#timer = repeat(() => void this.#renew(), CARD_EVERY_MS);
  }

  /** Finishes what it has begun and takes no more. */
  async drain(): Promise<void> {
    this.#draining = true;
    const { redis } = this.#parts;
    await this.#renew();
    await Promise.all(this.#workers.map((worker) => worker.close()));
    clearTimer(this.#timer);
    if (redis.status === "ready") await redis.del(this.#keys.worker(this.#id));
    redis.disconnect();
  }

  async #take(queue: string, concurrency: number, work: (job: Job) => Promise<unknown>): Promise<Worker> {
    const { Worker } = await import("bullmq");
    const { redis, log } = this.#parts;
    const worker = new Worker(queue, work, {
      connection: redis,
      prefix: this.#keys.prefix,
      concurrency,
      lockDuration: HOLD_MS,
      stalledInterval: LOOK_FOR_LOST_EVERY_MS,
      maxStalledCount: MOST_DEATHS,
    });
    worker.on("error", (error) => log.debug({ err: error }, "the fleet's Redis"));
    worker.on("failed", (job, error) => log.warn({ piece: job?.id, reason: error.message }, "a piece was given back"));
    return worker;
  }

  async #final(job: Job): Promise<string> {
    const { redis, seal } = this.#parts;
    const id = job.id ?? "";
    return this.#working(async () => {
      const sealed = await redis.getBuffer(this.#keys.sound(id));
      const speech = openSpeech(seal, id, sealed ?? Buffer.alloc(0));
      return sealText(seal, id, await this.#decoded(this.#parts.engine, speech));
    });
  }

  /** Decodes the newest sound of a turn, which may be newer than the one that it was asked for. */
  async #caption(job: Job): Promise<CaptionAnswer> {
    const { redis, seal, engine, quick } = this.#parts;
    const { turn } = CaptionJob.parse(job.data);
    return this.#working(async () => {
      const sealed = await redis.getBuffer(this.#keys.newest(turn));
      const speech = openSpeech(seal, turn, sealed ?? Buffer.alloc(0));
      const by = speech.language === "en" ? (quick ?? engine) : engine;
      return { turn, sealed: sealText(seal, turn, await this.#decoded(by, speech), speech.version) };
    });
  }

  async #decoded(engine: Engine, speech: Speech): Promise<Transcript> {
    const began = monotonic();
    const found = await engine.transcribe(speech, timeLimit(DECODED_WITHIN_MS));
    if (engine === this.#parts.engine) {
      const seconds = speech.samples.length / SAMPLE_RATE;
      const now = (this.#parts.carries.slots * seconds * 1_000) / Math.max(monotonic() - began, 1);
      this.#rate += NEWEST_COUNTS * (now - this.#rate);
    }
    return found;
  }

  /** Fails by a single word: a library's sentence might hold what was said, and would lie open in Redis. */
  async #working<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++;
    try {
      return await work();
    } catch (error) {
      this.#parts.log.warn({ err: error }, "a piece could not be decoded");
      const { UnrecoverableError } = await import("bullmq");
      throw new UnrecoverableError(failureWord(error));
    } finally {
      this.#busy--;
      this.#done++;
    }
  }

  async #renew(): Promise<void> {
    const { redis, log, seal, protocol, onRefused } = this.#parts;
    if (this.#renewing || redis.status !== "ready") return;
    this.#renewing = true;
    try {
      await leaveCard(redis, this.#keys.workers, this.#keys.worker(this.#id), this.card);
      const reason = await refusal(redis, seal, protocol);
      if (reason !== null && !this.#draining) onRefused(reason);
    } catch (error) {
      log.debug({ err: error }, "the worker's card could not be renewed");
    } finally {
      this.#renewing = false;
    }
  }
}
