import type { Redis } from "ioredis";
import { FleetCard, FLEETS } from "./cards.ts";
import { cardsOf } from "./roster.ts";
import type { FleetSeal } from "./sealing.ts";

/**
 * Tells in words why the services on this Redis will not work with such a worker; null: they will, or none is there.
 */
export async function refusal(redis: Redis, { fingerprint }: FleetSeal, protocol: number): Promise<string | null> {
  const fleets = (await cardsOf(redis, FLEETS.list, FLEETS.card)).flatMap(
    (card) => FleetCard.safeParse(card).data ?? [],
  );
  const own = fleets.find(({ id }) => id === fingerprint);
  if (!own)
    return fleets.length === 0
      ? null
      : "The services on this Redis use another key: give all of them and all workers the same speech.fleet.keyFile.";
  return own.protocol === protocol
    ? null
    : `The services on this Redis speak version ${own.protocol} of the fleet's protocol, and this worker ${protocol}: install the same release of Mindminder on both.`;
}
