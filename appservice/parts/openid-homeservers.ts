import { type FoundServers, type OpenIdHomeservers, openIdHomeservers } from "../admission/openid-homeservers.ts";
import type { Config } from "../configuration/config.ts";
import { findHomeservers } from "../homeservers/other-homeservers.ts";

type Deps = {
  readonly homeserver: Pick<Config["homeserver"], "serverName" | "url" | "openid" | "openidNetworks">;
  readonly rooms: Pick<FoundServers, "hasPeopleOf">;
  readonly now: () => number;
};

/** Homeservers that are asked who their people are, as the configuration has it. */
export function createOpenIdHomeservers({ homeserver, rooms, now }: Deps): OpenIdHomeservers {
  const { serverName, url, openid, openidNetworks: networks } = homeserver;
  const others = findHomeservers({ networks, now });
  return openIdHomeservers(new Map([[serverName, url], ...Object.entries(openid.addresses)]), {
    asks: openid.asks,
    get: (name, path) => others.get(name, path),
    hasPeopleOf: (room, name) => rooms.hasPeopleOf(room, name),
  });
}
