import type { SrvRecord } from "node:dns";
import { isIP } from "node:net";
import type { Place } from "./guarded-get.ts";
import type { ServerName } from "./server-name.ts";
import type { WellKnown } from "./well-known.ts";

const FEDERATION_PORT = 8448;
/** Services by which a homeserver's place stands in the DNS: today's, and the one that it replaced. */
const SERVICES = ["_matrix-fed._tcp", "_matrix._tcp"] as const;

export type PlacesDeps = {
  readonly wellKnown: Pick<WellKnown, "of">;
  readonly resolveSrv: (name: string) => Promise<SrvRecord[]>;
};

/**
 * Places where a homeserver answers to others, in the order in which they are tried (Server-Server API, "Resolving
 * server names"). A literal address and a name with a port stand for themselves; else `.well-known` is asked, then the
 * DNS, and at last port 8448 of the name.
 */
export async function placesOf(
  name: ServerName,
  { wellKnown, resolveSrv }: PlacesDeps,
  signal: AbortSignal,
): Promise<Place[]> {
  if (name.literal || name.port !== null) return [itself(name)];
  const delegate = await wellKnown.of(name.host, signal);
  if (delegate && (delegate.literal || delegate.port !== null)) return [itself(delegate)];
  const named = delegate ?? name;
  for (const service of SERVICES) {
    const records = await resolveSrv(`${service}.${named.host}`).catch((): SrvRecord[] => []);
    signal.throwIfAborted();
    // A single "." says that the service is not offered (RFC 2782); an address in place of a name is no record.
    const places = inOrder(records).filter((record) => record.name !== "" && isIP(record.name) === 0);
    if (places.length > 0)
      return places.map((record) => ({
        host: record.name,
        port: record.port,
        called: named.host,
        certifiedFor: named.host,
      }));
  }
  return [itself(named)];
}

function itself({ text, host, port }: ServerName): Place {
  return { host, port: port ?? FEDERATION_PORT, called: text, certifiedFor: host };
}

const inOrder = (records: readonly SrvRecord[]) =>
  records.toSorted((one, other) => one.priority - other.priority || other.weight - one.weight);
