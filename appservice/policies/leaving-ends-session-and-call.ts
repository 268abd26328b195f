import type { Logger } from "pino";
import type { Calls } from "../call/calls.ts";
import type { Links } from "../store/links.ts";
import type { Sessions } from "../store/sessions.ts";
import type { SignIns } from "../store/sign-ins.ts";
import type { UnitOfWork } from "../store/unit-of-work.ts";
import { TELEGRAM } from "../protocol/actor.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  readonly sessions: Pick<Sessions, "close" | "closeAll" | "closeBy">;
  readonly signIns: Pick<SignIns, "signOut">;
  readonly links: Pick<Links, "closeAll">;
  readonly calls: Pick<Calls, "remove">;
  readonly unit: Pick<UnitOfWork, "afterCommit">;
  readonly now: () => number;
  readonly log: Logger;
};

/**
 * Ends a person's session in a room and puts them out of its call when they leave it, or everywhere when they sign out;
 * and what an account of Telegram has open in their name, when it is theirs no more.
 */
export function leavingEndsSessionAndCall({ news, sessions, signIns, links, calls, unit, now, log }: Deps): void {
  const outOfCall = (room: RoomId, who: ParticipantId) =>
    calls
      .remove(room, who)
      .catch((error: unknown) =>
        log.error(
          { room, who, err: error },
          "somebody who left the room, or ended their sessions, could not be put out of the call",
        ),
      );
  news.on("left-room", (room, who) => {
    sessions.close(who, room);
    void outOfCall(room, who);
  });
  news.on("signed-out", (who) => {
    signIns.signOut(who, now());
    links.closeAll(who);
    for (const room of sessions.closeAll(who)) unit.afterCommit(() => void outOfCall(room, who));
  });
  news.on("telegram-parted", (who) => {
    for (const room of sessions.closeBy(who, TELEGRAM)) unit.afterCommit(() => void outOfCall(room, who));
  });
}
