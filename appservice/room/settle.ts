import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { Homeserver } from "./homeserver.ts";
import { refusedByHomeserver } from "./refused-by-homeserver.ts";

export type Settling = {
  readonly homeserver: Homeserver;
  readonly registration: { readonly id: string; readonly bot: string; readonly url: string | null };
  readonly log: Logger;
  readonly signal: AbortSignal;
};

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5_000;

/**
 * Makes the bot known to the homeserver and asks it to send what it kept for us. Tried until it succeeds, so that the
 * two may start in any order. Returns false when the service stops before.
 */
export async function settle({ homeserver, registration, log, signal }: Settling): Promise<boolean> {
  for (let again = FIRST_RETRY_MS; !signal.aborted; again = Math.min(again * 2, LONGEST_RETRY_MS)) {
    try {
      await homeserver.register(registration.bot);
      await homeserver.setDisplayName("Mindminder");
      await homeserver.ping(registration.id);
      return true;
    } catch (error) {
      const refused = refusedByHomeserver(error, registration.url);
      if (refused)
        log.error(
          `${refused.problem} ${refused.remedy} Tried again until then; “npx --no mindminder doctor” says more.`,
        );
      else
        log.warn(
          { reason: error instanceof Error ? error.message : String(error) },
          "the homeserver is not ready for us yet; trying again",
        );
      await wait(again, undefined, { signal }).catch(() => {});
    }
  }
  return false;
}
