import type { Logger } from "pino";
import type { Links } from "../store/links.ts";
import type { Homeserver } from "./homeserver.ts";
import { isForGood } from "./homeserver-failure.ts";

type Deps = {
  readonly links: Links;
  readonly homeserver: Pick<Homeserver, "redact">;
  readonly log: Logger;
  readonly now: () => number;
};

/**
 * Takes away messages with personal links that were used or have run out. One that cannot be taken away now is tried
 * again the next time.
 */
export async function takeAwayWorthlessLinks({ links, homeserver, log, now }: Deps): Promise<void> {
  for (const told of links.worthless(now())) {
    try {
      await homeserver.redact(told.room, told.eventId, `mm-link-gone-${told.eventId}`);
    } catch (error) {
      if (!isForGood(error))
        return log.warn(
          { err: error },
          "a personal link that opens nothing any more could not be taken away; it is tried again",
        );
    }
    links.takenAway(told);
  }
}
