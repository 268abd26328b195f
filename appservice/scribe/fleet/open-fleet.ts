import { FleetDecoder, type FleetDecoderDeps } from "./fleet-decoder.ts";
import type { FleetOptions } from "./options.ts";
import { connectRedis, sealOf } from "./redis.ts";

/** Opens a fleet for a service. Redis may come later: until then nobody of the fleet is there. */
export async function openFleet(
  options: FleetOptions,
  deps: Pick<FleetDecoderDeps, "shownServers" | "openHere" | "log">,
): Promise<FleetDecoder> {
  const redis = await connectRedis(options);
  return new FleetDecoder({ ...deps, redis, seal: sealOf(options), models: options.models });
}
