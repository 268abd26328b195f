import { lookup, type LookupAddress, type LookupAllOptions } from "node:dns";
import { request } from "node:https";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { isIP, type LookupFunction } from "node:net";
import { checkServerIdentity } from "node:tls";
import { boundedText } from "../protocol/bounded-text.ts";
import { mayReach, type Networks } from "./networks.ts";

/** Place where a homeserver answers, and the name that its certificate has to be for. */
export type Place = {
  /** Name or address to connect to. */
  readonly host: string;
  readonly port: number;
  /** Value of the `Host` header. */
  readonly called: string;
  /** Name or address that the certificate is checked against. */
  readonly certifiedFor: string;
};

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

/** `dns.lookup` for all addresses of a name. */
export type LookUpAll = (
  name: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

export type GuardedGet = (place: Place, path: string, signal: AbortSignal) => Promise<Answer>;

/** An address that may not be reached; thrown at the moment of connecting. */
export class AddressRefused extends Error {}

/** Most bytes of an answer. */
const MOST_BYTES = 64_000;

/**
 * GET over TLS that reaches public addresses and the named networks alone. Addresses are judged when the connection is
 * made, so a name that leads elsewhere a moment later gains nothing (DNS rebinding). Redirects are the caller's.
 * `trusted`: certificates of other authorities than Node's, in PEM. Throws `AddressRefused`, and what `node:https`
 * throws.
 */
export function guardedGet(
  networks: Networks,
  lookUp: LookUpAll = lookup,
  trusted: readonly string[] = [],
): GuardedGet {
  const guarded = guardedLookup(networks, lookUp);
  // By default those of Node, with `NODE_EXTRA_CA_CERTS`.
  const ca = trusted.length > 0 ? { ca: [...trusted] } : {};
  return ({ host, port, called, certifiedFor }, path, signal) =>
    new Promise((resolve, reject) => {
      // Addresses are connected to without being looked up.
      if (isIP(host) !== 0 && !mayReach(host, networks)) return reject(new AddressRefused(host));
      const asked = request({
        host,
        port,
        path,
        signal,
        lookup: guarded,
        agent: false,
        ...ca,
        headers: { host: called, accept: "application/json" },
        servername: isIP(certifiedFor) === 0 ? certifiedFor : "",
        checkServerIdentity: (_, certificate) => checkServerIdentity(certifiedFor, certificate),
      });
      asked.on("error", reject);
      asked.on("response", (response) => void read(response).then(resolve, reject));
      asked.end();
    });
}

/** Looks a name up, and finds of its addresses those that may be reached. */
export function guardedLookup(networks: Networks, lookUp: LookUpAll): LookupFunction {
  return (name, options, callback) =>
    lookUp(name, { ...options, all: true }, (error, found) => {
      const reachable = (error ? [] : found).filter(({ address }) => mayReach(address, networks));
      const [first] = reachable;
      if (error) callback(error, "");
      else if (!first) callback(new AddressRefused(name), "");
      else if (options.all) callback(null, reachable);
      else callback(null, first.address, first.family);
    });
}

async function read(response: IncomingMessage): Promise<Answer> {
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: await boundedText(response as AsyncIterable<Buffer>, MOST_BYTES),
  };
}
