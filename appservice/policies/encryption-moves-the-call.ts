import type { Logger } from "pino";
import type { Calls } from "../call/calls.ts";
import type { News } from "./news.ts";

type Deps = { readonly news: News; readonly calls: Pick<Calls, "encrypted">; readonly log: Logger };

/** Has everybody come into a call anew whose room was encrypted meanwhile: what they sent until then went open. */
export function encryptionMovesTheCall({ news, calls, log }: Deps): void {
  news.on("encrypted", (room) => {
    calls
      .encrypted(room)
      .catch((error: unknown) =>
        log.error({ room, err: error }, "the call of a room that is encrypted now goes on open"),
      );
  });
}
