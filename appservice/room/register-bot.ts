import type { Logger } from "pino";
import type { Homeserver } from "./homeserver.ts";
import { insist } from "../retry/insist.ts";
import { refusedByHomeserver } from "./refused-by-homeserver.ts";

export type RegisterDeps = {
  readonly homeserver: Homeserver;
  readonly registration: { readonly id: string; readonly bot: string; readonly url: string | null };
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Its account is there; called with each try. */
  readonly onRegistered: () => void;
};

const PACE = { firstMs: 200, longestMs: 5_000 };

/**
 * Makes the bot known to the homeserver and asks it to send what it kept for us. Tried until it succeeds, so that the
 * two may start in any order. Returns false when the service stops before.
 */
export function registerBot({ homeserver, registration, log, signal, onRegistered }: RegisterDeps): Promise<boolean> {
  const register = async () => {
    await homeserver.register(registration.bot);
    onRegistered();
    await homeserver.setDisplayName("Mindminder");
    await homeserver.ping(registration.id);
  };
  const onFailure = (error: unknown) => {
    const refused = refusedByHomeserver(error, registration.url);
    if (refused)
      log.error(`${refused.problem} ${refused.remedy} Tried again until then; “npx --no mindminder doctor” says more.`);
    else
      log.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        "the homeserver is not ready for us yet; trying again",
      );
  };
  return insist(register, { pace: PACE, signal, onFailure });
}
