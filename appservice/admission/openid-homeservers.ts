import { boundedText } from "../protocol/bounded-text.ts";
import type { RoomId } from "../protocol/identity.ts";
import { timeLimit } from "../time/time.ts";
import { ProofRefused } from "./proof-refused.ts";

/** Answer of a homeserver. */
export type HomeserverSaid = { readonly status: number; readonly text: string };

/** Asks one homeserver for a path of its federation API. Throws where it does not answer. */
export type AskHomeserver = (path: string) => Promise<HomeserverSaid>;

/** Homeservers that are asked who their people are. */
export type OpenIdHomeservers = {
  /** The way to ask one of them, for somebody who wants into a room. Throws `ProofRefused` where it is not asked. */
  readonly of: (serverName: string, room: RoomId) => Promise<AskHomeserver>;
};

/** Server name → address at which its federation API answers. */
export type OpenIdServers = ReadonlyMap<string, string>;

/** Others, which are found by their names. */
export type FoundServers = {
  /** Asks one for a path. Throws where it is not found, and where it does not answer. */
  readonly get: (serverName: string, path: string) => Promise<HomeserverSaid>;
  /** Servers that are asked: all, or those that the admin named. */
  readonly asks: "any" | readonly string[];
  /** Tells whether somebody of that server is in a room that the bot is in. */
  readonly hasPeopleOf: (room: RoomId, serverName: string) => Promise<boolean>;
};

/** Milliseconds to wait for a homeserver: people who come in look at an empty page meanwhile, and can try again. */
const TIMEOUT_MS = 1_800;
/** Most bytes of an answer: nobody's name is longer, and one without end is not waited for. */
const MOST_BYTES = 64_000;

/**
 * Asks the servers whose address is configured, and of others those of people who are in the room: whoever names some
 * server to us cannot have it called by our hands. `found` null: no others.
 */
export function openIdHomeservers(servers: OpenIdServers, found: FoundServers | null): OpenIdHomeservers {
  return {
    of: async (serverName, room) => {
      const base = servers.get(serverName);
      if (base !== undefined) return (path) => askAt(base, path);
      if (!found || (found.asks !== "any" && !found.asks.includes(serverName)))
        throw new ProofRefused("UNKNOWN_HOMESERVER");
      if (!(await found.hasPeopleOf(room, serverName))) throw new ProofRefused("NOT_IN_ROOM");
      return (path) => found.get(serverName, path);
    },
  };
}

async function askAt(base: string, path: string): Promise<HomeserverSaid> {
  const response = await fetch(new URL(path, base), { redirect: "error", signal: timeLimit(TIMEOUT_MS) });
  return { status: response.status, text: await boundedText(response.body, MOST_BYTES).catch(() => "") };
}
