import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";
import type { FleetOptions } from "./options.ts";
import { FleetSeal } from "./sealing.ts";

const RECONNECT_MOST_MS = 1_000;

/** Opens a connection that waits for Redis for ever; the package is loaded no sooner than it is needed. */
export async function connectRedis({ redis, passwordFile }: FleetOptions): Promise<Redis> {
  const { Redis } = await import("ioredis");
  const connection = new Redis(redis, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(50 * times, RECONNECT_MOST_MS),
    ...(passwordFile === null ? {} : { password: readFileSync(passwordFile, "utf8").trim() }),
  });
  // Says the same for every failed try; what follows from it is noticed and told by the roster.
  connection.on("error", () => {});
  return connection;
}

export const sealOf = ({ keyFile }: Pick<FleetOptions, "keyFile">) =>
  new FleetSeal(readFileSync(keyFile, "utf8").trim());
