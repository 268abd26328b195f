import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Timer } from "../../time/source.ts";
import { clearTimer, monotonic, repeat, timeLimit } from "../../time/time.ts";
import type { SpeechLanguage } from "../../protocol/identity.ts";
import { orAborted } from "../cut-short.ts";
import {
  CARD_EVERY_MS,
  CARD_LASTS_MS,
  crewOf,
  decodes,
  FLEET_PROTOCOL,
  FLEETS,
  fleetKeys,
  ServiceCard,
  WorkerCard,
} from "./cards.ts";

/** Workers and services whose cards are fresh. */
export type FleetCards = { readonly workers: readonly WorkerCard[]; readonly services: readonly ServiceCard[] };

export type FleetKeys = ReturnType<typeof fleetKeys>;

/** Reads all cards; one that cannot be read, of a version that is to come, counts as one of another protocol. */
export async function readCards(redis: Redis, keys: FleetKeys): Promise<FleetCards> {
  const [workers, services] = await Promise.all([
    cardsOf(redis, keys.workers, keys.worker),
    cardsOf(redis, keys.services, keys.service),
  ]);
  return {
    workers: workers.flatMap((card) => WorkerCard.safeParse(card).data ?? []),
    services: services.flatMap((card) => ServiceCard.safeParse(card).data ?? []),
  };
}

export async function cardsOf(redis: Redis, list: string, keyOf: (id: string) => string): Promise<unknown[]> {
  const ids = await redis.smembers(list);
  if (ids.length === 0) return [];
  const cards = await redis.mget(ids.map(keyOf));
  const gone = ids.filter((_, at) => cards[at] === null);
  if (gone.length > 0) await redis.srem(list, ...gone);
  return cards.flatMap((card) => (typeof card === "string" ? [JSON.parse(card)] : []));
}

/** Leaves a card that Redis forgets unless it is renewed. The time is Redis's own: nobody's clock matters. */
export async function leaveCard(redis: Redis, list: string, key: string, card: { readonly id: string }): Promise<void> {
  await redis.set(key, JSON.stringify(card), "PX", CARD_LASTS_MS);
  await redis.sadd(list, card.id);
}

export type RosterDeps = {
  readonly redis: Redis;
  readonly fingerprint: string;
  readonly card: () => ServiceCard;
  /** Reason for which the service takes no text of a worker; null: it does. */
  readonly refuses: (card: WorkerCard) => string | null;
  /** Called after each look. */
  readonly onSeen: () => void;
  readonly log: Logger;
};

/** Time without an answer after which Redis counts as away. */
const AWAY_AFTER_MS = 3_500;
const LEAVES_WITHIN_MS = 1_000;

/** Workers within reach, looked at each second, and the own card that is renewed with it. */
export class Roster {
  readonly #parts: RosterDeps;
  readonly #keys: FleetKeys;
  readonly #timer: Timer;
  readonly #refused = new Set<string>();
  #cards: FleetCards = { workers: [], services: [] };
  #seenAt = -Infinity;
  #lookingSince: number | null = null;
  #wasReachable = true;

  constructor(parts: RosterDeps) {
    this.#parts = parts;
    this.#keys = fleetKeys(parts.fingerprint);
    this.#timer = repeat(() => void this.look(), CARD_EVERY_MS);
    parts.redis.on("ready", () => void this.look());
  }

  /** True while Redis answers. */
  get reachable(): boolean {
    return this.#parts.redis.status === "ready" && monotonic() - this.#seenAt < AWAY_AFTER_MS;
  }

  get cards(): FleetCards {
    return this.#cards;
  }

  /** Workers that speak as we do, and whose text we take. */
  get workers(): readonly WorkerCard[] {
    return this.reachable ? this.#cards.workers.filter((card) => this.#takes(card)) : [];
  }

  /** Seconds of speech that they all decode in a second. */
  get rate(): number {
    return this.workers.reduce((sum, { rate }) => sum + rate, 0);
  }

  /** Crews that decode this language, each with the seconds of speech that it decodes in a second. */
  crews(language: SpeechLanguage, fits: (card: WorkerCard) => boolean = () => true): ReadonlyMap<string, number> {
    const crews = new Map<string, number>();
    for (const card of this.workers)
      if (!card.draining && decodes(card, language) && fits(card))
        crews.set(crewOf(card), (crews.get(crewOf(card)) ?? 0) + card.rate);
    return crews;
  }

  async look(): Promise<void> {
    const { redis, card, fingerprint, log } = this.#parts;
    if (this.#lookingSince !== null) return this.#mindSilence();
    this.#lookingSince = monotonic();
    try {
      const own = card();
      await leaveCard(redis, this.#keys.services, this.#keys.service(own.id), own);
      const fleet = { id: fingerprint, protocol: FLEET_PROTOCOL };
      await leaveCard(redis, FLEETS.list, FLEETS.card(fingerprint), fleet);
      this.#cards = await readCards(redis, this.#keys);
      this.#seenAt = monotonic();
      this.#parts.onSeen();
    } catch (error) {
      log.debug({ err: error }, "the fleet's Redis did not answer");
    } finally {
      this.#lookingSince = null;
    }
    this.#tell();
  }

  /** Takes the own card back: what was said in a service that has ended is no load. */
  async close(): Promise<void> {
    clearTimer(this.#timer);
    const { redis, card, log } = this.#parts;
    if (!this.reachable) return;
    const { id } = card();
    const taken = Promise.all([redis.srem(this.#keys.services, id), redis.del(this.#keys.service(id))]);
    // A Redis that ends together with the service says nothing: the card is forgotten by itself.
    await orAborted(taken, timeLimit(LEAVES_WITHIN_MS)).catch((error: unknown) =>
      log.debug({ err: error }, "the service's card could not be taken back"),
    );
  }

  /** Connects anew where a connection stands and nothing comes through it. */
  #mindSilence(): void {
    const { redis } = this.#parts;
    if (redis.status === "ready" && monotonic() - (this.#lookingSince ?? 0) > AWAY_AFTER_MS) redis.disconnect(true);
    this.#tell();
  }

  #takes(card: WorkerCard): boolean {
    const reason =
      card.protocol === FLEET_PROTOCOL
        ? this.#parts.refuses(card)
        : `it speaks version ${card.protocol} of the fleet's protocol, and this service ${FLEET_PROTOCOL}: install the same release on both`;
    if (reason !== null && !this.#refused.has(card.id)) {
      this.#refused.add(card.id);
      this.#parts.log.error({ worker: card.id, host: card.host }, `a worker of the fleet is not used: ${reason}`);
    }
    return reason === null;
  }

  #tell(): void {
    const reachable = this.workers.length > 0;
    if (reachable === this.#wasReachable) return;
    this.#wasReachable = reachable;
    const { log, redis } = this.#parts;
    if (reachable) log.info({ workers: this.workers.length }, "workers of the fleet are there");
    else
      log.warn(
        { redis: redis.status },
        this.reachable
          ? "no worker of the fleet is there: start “mindminder worker”"
          : "the fleet's Redis cannot be reached: see whether it runs, and speech.fleet.redis leads to it",
      );
  }
}
