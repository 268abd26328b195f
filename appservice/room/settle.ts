import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { Homeserver } from "./homeserver.ts";

export type Settling = {
  readonly homeserver: Homeserver;
  readonly registration: { readonly id: string; readonly sender_localpart: string };
  readonly log: Logger;
  readonly signal: AbortSignal;
};

const RETRY_MS = 2_000;

/**
 * Makes the bot known to the homeserver and asks it to send what it kept for us. Tried until it succeeds, so that the
 * two may start in any order. Returns false when the service stops before.
 */
export async function settle({ homeserver, registration, log, signal }: Settling): Promise<boolean> {
  while (!signal.aborted) {
    try {
      await homeserver.register(registration.sender_localpart);
      await homeserver.setDisplayName("Mindminder");
      await homeserver.ping(registration.id);
      return true;
    } catch (error) {
      log.warn({ err: error }, "the homeserver is not ready for us yet; trying again");
      await wait(RETRY_MS, undefined, { signal }).catch(() => {});
    }
  }
  return false;
}
