import { loadWorker } from "../configuration/load-config.ts";
import { AdminError } from "../protocol/mindminder-error.ts";
import { type SpeechLoad, utilisationOf } from "../protocol/speech-load.ts";
import { FLEET_PROTOCOL, fleetKeys, type WorkerCard } from "../scribe/fleet/cards.ts";
import { connectRedis, sealOf } from "../scribe/fleet/redis.ts";
import { type FleetCards, readCards } from "../scribe/fleet/roster.ts";
import { timeLimit } from "../time/time.ts";

export type FleetStatusOptions = { readonly config: string; readonly json?: boolean };

const ANSWERS_WITHIN_MS = 5_000;

/** Thrown where the fleet cannot be looked at; the text says what to mend. */
export class FleetUnseen extends AdminError {
  constructor(message: string) {
    super("FLEET_AWAY", message);
  }
}

/** Prints the workers and services of the fleet, and how much of it is used. */
export async function fleetStatus({ config, json }: FleetStatusOptions): Promise<void> {
  const { fleet } = loadWorker(config).speech;
  if (!fleet) throw new FleetUnseen("speech.fleet is missing: this configuration names no fleet.");
  const redis = await connectRedis(fleet);
  const cards = await Promise.race([readCards(redis, fleetKeys(sealOf(fleet).fingerprint)), tooLong(fleet.redis)]);
  redis.disconnect();
  console.log(json ? JSON.stringify({ ...cards, load: loadOf(cards) }, null, 2) : statusPage(cards));
}

/** Load of a whole fleet, as its cards have it. */
export function loadOf({ workers, services }: FleetCards): SpeechLoad {
  const working = workers.filter(({ draining, protocol }) => !draining && protocol === FLEET_PROTOCOL);
  return {
    arriving: services.reduce((sum, { arriving }) => sum + arriving, 0),
    decodes: working.reduce((sum, { rate }) => sum + rate, 0),
    waiting: services.reduce((sum, { waitingSeconds }) => sum + waitingSeconds, 0),
    workers: working.length,
  };
}

export function statusPage(cards: FleetCards): string {
  const load = loadOf(cards);
  const used = utilisationOf(load);
  return [
    `${load.workers} workers, ${cards.services.length} services`,
    `speech: ${load.arriving.toFixed(1)} s a second arrive, ${(load.decodes ?? 0).toFixed(1)} can be decoded: ${
      Number.isFinite(used) ? `${Math.round(used * 100)} %` : "nobody decodes it"
    }; ${load.waiting.toFixed(0)} s wait`,
    ...cards.workers.map(workerLine),
    ...cards.services.map(({ host, arriving, release }) => `service ${host}, ${release}: ${arriving.toFixed(1)} s/s`),
  ].join("\n");
}

function workerLine({
  host,
  pid,
  engine,
  languages,
  slots,
  busy,
  rate,
  done,
  draining,
  protocol,
  release,
}: WorkerCard) {
  const state =
    protocol === FLEET_PROTOCOL ? (draining ? "ending" : `${busy} of ${slots} busy`) : `not used: protocol ${protocol}`;
  return `worker ${host} ${pid}, ${release}: ${engine.id} ${engine.model}, ${languages.join(", ") || "all languages"}; ${state}; ${rate.toFixed(1)} s/s; ${done} done`;
}

function tooLong(address: string): Promise<never> {
  const limit = timeLimit(ANSWERS_WITHIN_MS);
  return new Promise((_, reject) => {
    limit.addEventListener("abort", () =>
      reject(new FleetUnseen(`${address} does not answer. Start Redis, or mend speech.fleet.redis.`)),
    );
  });
}
