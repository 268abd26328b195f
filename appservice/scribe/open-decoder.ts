import type { Logger } from "pino";
import type { Decoder, EngineFacts } from "./decoder.ts";
import { DecodingQueue } from "./decoding-queue.ts";
import { giveWay } from "./give-way.ts";
import { openEngine, openQuickEngine } from "./open-engine.ts";
import { decodesHere, type ScribeOptions, serversOutside } from "./options.ts";

/** Niceness that leaves the process a third of the service's share where both want the same core. */
const NICENESS = 5;

/** Decoder of the scribe's process. `engine`: whose text it gives; `opened`: nothing more is being loaded. */
export type OpenedDecoder = {
  readonly decoder: Decoder;
  readonly engine: Promise<Pick<EngineFacts, "id" | "model">>;
  readonly opened: Promise<unknown>;
};

/** Opens what decodes speech: the engine in this process, or a fleet of workers with that engine in reserve. */
export async function openDecoder(options: ScribeOptions, log: Logger): Promise<OpenedDecoder> {
  const { fleet } = options;
  if (!fleet) return here(options, log);
  const { openFleet } = await import("./fleet/open-fleet.ts");
  const decoder = await openFleet(fleet, {
    shownServers: serversOutside(options),
    openHere: decodesHere(options) ? () => here(options, log).decoder : null,
    log,
  });
  const engine = { id: "fleet", model: fleet.models.join(", ") || "any" };
  return { decoder, engine: Promise.resolve(engine), opened: Promise.resolve() };
}

function here(options: ScribeOptions, log: Logger): OpenedDecoder {
  const engine = giveWay(NICENESS).then(() => openEngine(options));
  const quick = engine
    .then(() => openQuickEngine(options))
    .catch((error: unknown) => {
      log.error({ err: error }, "the engine for captions could not be opened; the other one makes them");
      return null;
    });
  return { decoder: new DecodingQueue(engine, { quick }), engine, opened: Promise.allSettled([engine, quick]) };
}
