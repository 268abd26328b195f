import packageFile from "../../../package.json" with { type: "json" };
import { z } from "zod";
import { shortHash } from "./sealing.ts";
import type { SpeechLanguage } from "../../protocol/identity.ts";

/** Version of what services and workers say to each other through Redis; both have to speak the same. */
export const FLEET_PROTOCOL = 1;

/** Workers and services renew their cards each second; Redis forgets a card that was not renewed for so long. */
export const CARD_LASTS_MS = 6_000;
export const CARD_EVERY_MS = 1_000;

/** Card by which a worker says what it can do and how it fares. */
export const WorkerCard = z.object({
  id: z.string(),
  protocol: z.number(),
  release: z.string(),
  host: z.string(),
  pid: z.number(),
  engine: z.object({ id: z.string(), model: z.string(), takesVocabulary: z.boolean() }),
  /** Languages that it decodes; none named: all. */
  languages: z.array(z.string()),
  /** Servers outside its machine to which it sends what is said, as people are shown them. */
  sendsTo: z.array(z.string()),
  captions: z.boolean(),
  slots: z.number().int().positive(),
  /** Seconds of speech that it decodes in a second with all slots busy. */
  rate: z.number().nonnegative(),
  busy: z.number().int().nonnegative(),
  done: z.number().int().nonnegative(),
  draining: z.boolean(),
});
export type WorkerCard = z.infer<typeof WorkerCard>;

/** Card of a service that has speech decoded. `arriving`: seconds of finished speech in a second. */
export const ServiceCard = z.object({
  id: z.string(),
  protocol: z.number(),
  release: z.string(),
  host: z.string(),
  arriving: z.number().nonnegative(),
  waitingSeconds: z.number().nonnegative(),
});
export type ServiceCard = z.infer<typeof ServiceCard>;

/** Crew that does the same: workers with one engine, model and set of languages share a queue. */
export function crewOf({ engine, languages, sendsTo }: Pick<WorkerCard, "engine" | "languages" | "sendsTo">): string {
  return shortHash(JSON.stringify([engine.id, engine.model, [...languages].sort(), [...sendsTo].sort()]));
}

/** Names of the two queues of a crew. */
export const finalQueue = (crew: string) => `final.${crew}`;
export const partialQueue = (crew: string) => `partial.${crew}`;

/**
 * A worker of several languages takes speech whose language is still to be found; one of a single language does not.
 */
export function decodes({ languages }: Pick<WorkerCard, "languages">, language: SpeechLanguage): boolean {
  return languages.length === 0 || (language === "auto" ? languages.length > 1 : languages.includes(language));
}

/** Keys in Redis beside those of the queues, all below the fleet's own prefix. */
export function fleetKeys(fingerprint: string) {
  const prefix = `mindminder:${fingerprint}`;
  return {
    prefix,
    workers: `${prefix}:workers`,
    services: `${prefix}:services`,
    worker: (id: string) => `${prefix}:worker:${id}`,
    service: (id: string) => `${prefix}:service:${id}`,
    sound: (piece: string) => `${prefix}:sound:${piece}`,
    newest: (turn: string) => `${prefix}:newest:${turn}`,
  };
}

/** Card of all services with the same key: the protocol that they speak. */
export const FleetCard = z.object({ id: z.string(), protocol: z.number() });
export type FleetCard = z.infer<typeof FleetCard>;

/** Keys of the fleets on one Redis, each of a key of its own. */
export const FLEETS = { list: "mindminder:fleets", card: (fingerprint: string) => `mindminder:fleet:${fingerprint}` };

/** Release of this program, for people who look who runs what. */
export const RELEASE: string = packageFile.version;
