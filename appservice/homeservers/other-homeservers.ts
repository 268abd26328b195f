import { resolveSrv } from "node:dns/promises";
import { type Answer, type GuardedGet, guardedGet } from "./guarded-get.ts";
import type { Networks } from "./networks.ts";
import { placesOf, type PlacesDeps } from "./places-of.ts";
import { timeLimit } from "../time/time.ts";
import { parseServerName } from "./server-name.ts";
import { WellKnown } from "./well-known.ts";

/** Milliseconds in which a homeserver is found and answers. */
const TIMEOUT_MS = 6_000;

export type OtherHomeserversDeps = PlacesDeps & { readonly get: GuardedGet };

/** Homeservers of other people, found by their names as servers find one another. */
export class OtherHomeservers {
  readonly #deps: OtherHomeserversDeps;

  constructor(deps: OtherHomeserversDeps) {
    this.#deps = deps;
  }

  /** GET of a path of its federation API. Throws where the name is none, and where no place of it answers. */
  async get(serverName: string, path: string): Promise<Answer> {
    const name = parseServerName(serverName);
    if (!name) throw new Error("no server's name");
    const signal = timeLimit(TIMEOUT_MS);
    const places = await placesOf(name, this.#deps, signal);
    let failure: unknown;
    for (const place of places) {
      try {
        return await this.#deps.get(place, path, signal);
      } catch (error) {
        signal.throwIfAborted();
        failure = error;
      }
    }
    throw failure;
  }
}

/** Finds homeservers by this machine's DNS. `networks`: those that may be asked although they are not public. */
export function findHomeservers({ networks, now }: { networks: Networks; now: () => number }): OtherHomeservers {
  const get = guardedGet(networks);
  return new OtherHomeservers({ get, wellKnown: new WellKnown({ get, now }), resolveSrv });
}
