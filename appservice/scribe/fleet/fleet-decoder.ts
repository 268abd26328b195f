import { hostname } from "node:os";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import {
  CAPTIONS_RARER_FROM,
  lackOf,
  NO_CAPTIONS_FROM,
  type SpeechLoad,
  utilisationOf,
} from "../../protocol/speech-load.ts";
import { randomBytes } from "../../time/chance.ts";
import { monotonic, sleep } from "../../time/time.ts";
import { orAborted } from "../cut-short.ts";
import type { Decoded, Decoder, PieceName } from "../decoder.ts";
import { EngineError, SAMPLE_RATE, type Speech } from "../engine.ts";
import { PerSecond } from "../per-second.ts";
import { Pressure } from "../pressure.ts";
import { Captioning } from "./captioning.ts";
import { crewOf, FLEET_PROTOCOL, RELEASE, type WorkerCard } from "./cards.ts";
import { Newcomers } from "./newcomers.ts";
import { FleetAway, Offers } from "./offers.ts";
import { Roster } from "./roster.ts";
import type { FleetSeal } from "./sealing.ts";
import { Windows } from "./windows.ts";

export type FleetDecoderDeps = {
  readonly redis: Redis;
  readonly seal: FleetSeal;
  /** Models whose text is taken; none: those of all workers. */
  readonly models: readonly string[];
  /** Servers to which people were told that their words may go. */
  readonly shownServers: readonly string[];
  /** Opens what decodes while no worker can be reached; null: nothing does, and speech waits. */
  readonly openHere: (() => Decoder) | null;
  readonly log: Logger;
};

/** Pieces of one meeting that are out at once; the others wait here, so that none fills the queue for all. */
const WINDOW = 2;
const LATE_AT_ONCE = 4;
/** Order in which pieces are decoded. `BEHIND`: of a meeting that began while all was full. */
const [LIVE, BEHIND, LATE] = [1, 3, 5] as const;
const ARRIVING_OVER_MS = 5_000;
const COMES_WITHIN_MS = 6_000;
const LOOKED_FOR_EVERY_MS = 250;

/** Has speech decoded by the workers of a fleet; by itself, where it can, while none is within reach. */
export class FleetDecoder implements Decoder {
  readonly lateAtOnce = LATE_AT_ONCE;
  readonly #parts: FleetDecoderDeps;
  readonly #roster: Roster;
  readonly #offers: Offers;
  readonly #captioning: Captioning;
  readonly #windows = new Windows(WINDOW);
  readonly #arriving = new PerSecond(ARRIVING_OVER_MS);
  readonly #newcomers = new Newcomers(monotonic);
  readonly #pressure = new Pressure(monotonic);
  #heldSeconds = 0;
  #here: Decoder | null = null;

  constructor(parts: FleetDecoderDeps) {
    this.#parts = parts;
    const { redis, seal, log } = parts;
    const id = `${hostname()}-${randomBytes(4).toString("hex")}`;
    const own = { id, protocol: FLEET_PROTOCOL, release: RELEASE, host: hostname() };
    const { fingerprint } = seal;
    const card = () => ({ ...own, arriving: this.#arriving.value, waitingSeconds: this.waitingSeconds });
    this.#roster = new Roster({
      redis,
      fingerprint,
      card,
      refuses: (worker) => this.#refuses(worker),
      onSeen: () => this.#prepare(),
      log,
    });
    this.#offers = new Offers({
      redis,
      seal,
      log,
      reachable: () => this.#roster.reachable,
      isManned: (crew) => this.#roster.workers.some((worker) => !worker.draining && crewOf(worker) === crew),
    });
    this.#captioning = new Captioning({ redis, seal });
  }

  final({ meeting, sound }: PieceName, speech: Speech, signal: AbortSignal): Promise<Decoded> {
    this.#arriving.add(secondsOf(speech));
    this.#hold(secondsOf(speech));
    // By the same it is told to people who gather.
    const isBehind = this.#newcomers.standsBehind(meeting, lackOf(this.load) === "text");
    const decode = () => this.#decode({ meeting, sound }, speech, isBehind ? BEHIND : LIVE, signal);
    const held = this.#windows.run(meeting, decode, signal);
    return held.finally(() => this.#hold(-secondsOf(speech)));
  }

  late(piece: PieceName, speech: Speech, signal: AbortSignal): Promise<Decoded> {
    return this.#decode(piece, speech, LATE, signal);
  }

  partial(turn: string, speech: Speech, signal: AbortSignal): Promise<Decoded> | null {
    const crew = this.#best(speech, ({ captions }) => captions);
    if (crew === null) return this.#opened()?.partial(turn, speech, signal) ?? null;
    if (this.#captioning.count >= Math.max(1, this.#slots() / 2)) return null;
    const { engine: by } = crew;
    return this.#captioning.ask(crewOf(crew), turn, speech).then((found) => ({ ...found, by }));
  }

  captionEvery(ms: number): number | null {
    if (this.#roster.workers.length === 0) return this.#opened()?.captionEvery(ms) ?? null;
    const stretched = this.#pressure.stretched(ms);
    const busy = utilisationOf(this.load);
    if (stretched === null || busy >= NO_CAPTIONS_FROM) return null;
    return busy <= CAPTIONS_RARER_FROM
      ? stretched
      : stretched * (1 + (4 * (busy - CAPTIONS_RARER_FROM)) / (NO_CAPTIONS_FROM - CAPTIONS_RARER_FROM));
  }

  get load(): SpeechLoad {
    const { rate, cards, workers } = this.#roster;
    if (workers.length === 0 && this.#here) return this.#here.load;
    const sum = (of: "arriving" | "waitingSeconds") => cards.services.reduce((all, service) => all + service[of], 0);
    return { arriving: sum("arriving"), decodes: rate, waiting: sum("waitingSeconds"), workers: workers.length };
  }

  /** Seconds of speech just said that are no text yet. */
  get waitingSeconds(): number {
    return this.#heldSeconds;
  }

  get workers(): readonly WorkerCard[] {
    return this.#roster.workers;
  }

  /** Resolves when it is known who is there. */
  ready(): Promise<void> {
    return this.#roster.look();
  }

  async close(): Promise<void> {
    await this.#roster.close();
    await Promise.all([this.#offers.close(), this.#captioning.close()]);
    this.#parts.redis.disconnect();
  }

  #prepare(): void {
    for (const worker of this.#roster.workers) {
      this.#offers.prepare(crewOf(worker));
      if (worker.captions) this.#captioning.prepare(crewOf(worker));
    }
  }

  #hold(seconds: number): void {
    this.#heldSeconds += seconds;
    // Speech that is being decoded does not wait.
    this.#pressure.note(Math.max(0, this.#heldSeconds - this.#roster.rate * 2));
  }

  async #decode(piece: PieceName, speech: Speech, priority: number, signal: AbortSignal): Promise<Decoded> {
    const crew = await this.#crewFor(speech, signal);
    if (crew === null) return this.#decodeHere(piece, speech, priority, signal);
    const order = { crew: crewOf(crew), by: crew.engine, id: piece.sound, speech, priority };
    try {
      return await orAborted(this.#offers.offer(order), signal);
    } catch (error) {
      if (!(error instanceof FleetAway)) throw error;
      this.#parts.log.warn({ meeting: piece.meeting, err: error }, "a piece came back from the fleet undone");
      return this.#decodeHere(piece, speech, priority, signal);
    }
  }

  /** Waits a moment for a crew where nobody decodes here: a machine that is busy is not one that is away. */
  async #crewFor(speech: Speech, signal: AbortSignal): Promise<WorkerCard | null> {
    const crew = this.#best(speech);
    if (crew !== null || this.#parts.openHere !== null) return crew;
    for (
      const until = monotonic() + COMES_WITHIN_MS;
      monotonic() < until;
      await sleep(LOOKED_FOR_EVERY_MS, { signal })
    ) {
      const come = this.#best(speech);
      if (come !== null) return come;
    }
    return null;
  }

  #decodeHere(piece: PieceName, speech: Speech, priority: number, signal: AbortSignal): Promise<Decoded> {
    const here = this.#opened();
    if (!here) throw new EngineError("engine-unreachable", "no speech worker can be reached");
    return priority === LATE ? here.late(piece, speech, signal) : here.final(piece, speech, signal);
  }

  /** Decoder of this process, opened when it is needed first: its models take memory. */
  #opened(): Decoder | null {
    return (this.#here ??= this.#parts.openHere?.() ?? null);
  }

  /** A worker of the crew that will be done first with what it has; null: nobody decodes this language. */
  #best({ language }: Speech, fits: (card: WorkerCard) => boolean = () => true): WorkerCard | null {
    const crews = [...this.#roster.crews(language, fits)];
    const load = ([crew, rate]: [string, number]) => (this.#offers.secondsAt(crew) + 1) / Math.max(rate, 0.01);
    const [best] = crews.sort((one, other) => load(one) - load(other))[0] ?? [];
    return this.#roster.workers.find((worker) => crewOf(worker) === best) ?? null;
  }

  #slots(): number {
    return this.#roster.workers.reduce((sum, { slots }) => sum + slots, 0);
  }

  #refuses({ engine, sendsTo }: WorkerCard): string | null {
    const { models, shownServers } = this.#parts;
    if (models.length > 0 && !models.includes(engine.model))
      return `its model is ${engine.model}, which is not among speech.fleet.models`;
    const unknown = sendsTo.filter((server) => !shownServers.includes(server));
    return unknown.length === 0
      ? null
      : `it sends what is said to ${unknown.join(", ")}, of which people here are not told: name the same engine in the service's configuration`;
  }
}

const secondsOf = ({ samples }: Speech) => samples.length / SAMPLE_RATE;
