import { flushCompileCache } from "node:module";
import { loadWorker } from "../configuration/load-config.ts";
import { AdminError } from "../protocol/mindminder-error.ts";
import { measured, mostSlots, decodeAtOnce } from "../scribe/fleet/carries.ts";
import { FLEET_PROTOCOL } from "../scribe/fleet/cards.ts";
import { FleetWorker } from "../scribe/fleet/fleet-worker.ts";
import { connectRedis, sealOf } from "../scribe/fleet/redis.ts";
import { redisFindings } from "../scribe/fleet/redis-fitness.ts";
import { refusal } from "../scribe/fleet/refusal.ts";
import { giveWay } from "../scribe/give-way.ts";
import { openEngine, openQuickEngine } from "../scribe/open-engine.ts";
import { missingOfWorker, recordEngine, serversOutside, type ScribeOptions } from "../scribe/options.ts";
import { openLog } from "../service-log.ts";

/** Speech gives way to whatever else the machine does. */
const NICENESS = 5;

/** Thrown at the start of a worker; the text says what to mend. */
export class WorkerCannotStart extends AdminError {
  constructor(message: string) {
    super("FLEET_MISMATCH", message);
  }
}

/** Decodes speech for the services on the same Redis until it is told to stop, and then finishes what it has begun. */
export async function worker(configFile: string): Promise<void> {
  const config = loadWorker(configFile);
  const { log } = openLog(config.log);
  const { speech } = config;
  const fleet = usable(speech);
  const [redis, seal] = [await connectRedis(fleet), sealOf(fleet)];
  if (redis.status !== "ready") log.info({ redis: fleet.redis }, "waiting for Redis");
  const [gravest] = redisFindings(await redis.info());
  if (gravest) throw new WorkerCannotStart(`${gravest.what} ${gravest.remedy}`);
  const refused = await refusal(redis, seal, FLEET_PROTOCOL);
  if (refused !== null) throw new WorkerCannotStart(refused);

  await giveWay(NICENESS);
  const [engine, quick] = [await openEngine(speech), await openQuickEngine(speech)];
  const isServer = recordEngine(speech)?.server !== null;
  const carries =
    fleet.slots === null
      ? await measured(engine, mostSlots(isServer))
      : { slots: fleet.slots, rate: await decodeAtOnce(engine, fleet.slots) };
  flushCompileCache();

  let stopping = false;
  const stop = (code: number) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info("finishing what was begun");
    void fleetWorker.drain().then(() => process.exit(code));
  };
  const fleetWorker = new FleetWorker({
    redis,
    seal,
    engine,
    quick,
    captions: speech.captions !== "off",
    carries,
    languages: fleet.languages,
    sendsTo: serversOutside(speech),
    protocol: FLEET_PROTOCOL,
    onRefused: (reason) => {
      log.fatal(reason);
      if (!stopping) stop(1);
    },
    log,
  });
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => stop(0));
  await fleetWorker.start();
  const { slots, rate } = carries;
  log.info({ ...fleetWorker.card.engine, slots, rate: Number(rate.toFixed(2)) }, "this worker takes speech");
}

function usable(speech: ScribeOptions): NonNullable<ScribeOptions["fleet"]> {
  if (!speech.fleet)
    throw new WorkerCannotStart("speech.fleet is missing: name the services' Redis and key file there.");
  if (recordEngine(speech) === null)
    throw new WorkerCannotStart("speech.engine is off: a worker needs an engine that decodes.");
  const [missing] = missingOfWorker(speech);
  if (missing)
    throw new WorkerCannotStart(
      `speech.${missing.key}: ${missing.path} does not exist. “npm run speech-model” fetches the model; copy the key file from the service.`,
    );
  return speech.fleet;
}
