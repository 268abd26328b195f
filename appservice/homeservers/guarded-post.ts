import { lookup } from "node:dns";
import { request } from "node:https";
import { isIP } from "node:net";
import { AddressRefused, guardedLookup, type LookUpAll } from "./guarded-get.ts";
import { mayReach, type Networks } from "./networks.ts";

export type Letter = { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array };

/** Sends a body to an address that somebody named; answers with the status. */
export type GuardedPost = (address: URL, letter: Letter, signal: AbortSignal) => Promise<number>;

/**
 * POST over TLS that reaches public addresses and the named networks alone, judged when the connection is made.
 * Redirects are not followed, and of an answer nothing is read but its status. Throws `AddressRefused`, and what
 * `node:https` throws.
 */
export function guardedPost(networks: Networks, lookUp: LookUpAll = lookup): GuardedPost {
  const guarded = guardedLookup(networks, lookUp);
  return (address, { headers, body }, signal) =>
    new Promise((resolve, reject) => {
      const host = address.hostname.replace(/^\[|\]$/g, "");
      if (address.protocol !== "https:" || (isIP(host) !== 0 && !mayReach(host, networks)))
        return reject(new AddressRefused(host));
      const asked = request(address, { method: "POST", headers, signal, lookup: guarded, agent: false });
      asked.on("error", reject);
      asked.on("response", (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      });
      asked.end(body);
    });
}
