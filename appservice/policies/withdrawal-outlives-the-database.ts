import type { Logger } from "pino";
import type { Meetings } from "../journal/meetings.ts";
import type { Withdrawals } from "../store/withdrawals.ts";

type Deps = {
  readonly meetings: Pick<Meetings, "listen">;
  readonly withdrawals: Pick<Withdrawals, "add">;
  readonly log: Logger;
};

/**
 * Writes each withdrawn consent beside the database, too: an older database that is put back must not bring it back.
 */
export function withdrawalOutlivesTheDatabase({ meetings, withdrawals, log }: Deps): void {
  meetings.listen(({ meeting }, happened) => {
    for (const { event } of happened) {
      if (event.type !== "agreement-answered" || event.agreed) continue;
      try {
        withdrawals.add({ what: "words", meeting: meeting.id, who: event.who, at: event.at });
      } catch (error) {
        log.error(
          { err: error, meeting: meeting.id },
          "a withdrawal stands in the database alone: an older one that is put back would not know of it",
        );
      }
    }
  });
}
