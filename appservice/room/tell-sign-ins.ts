import type { Logger } from "pino";
import type { SignIns } from "../store/sign-ins.ts";
import { translateTo } from "../language/translate.ts";
import type { Language, RoomId } from "../protocol/identity.ts";
import { type DirectRoomDeps, directRoomWith } from "./direct-room.ts";
import type { Homeserver } from "./homeserver.ts";
import { isForGood } from "./homeserver-failure.ts";
import { personalMessage } from "./messages/message.ts";
import type { DirectRooms } from "./ports.ts";
import type { RoomFacts } from "./room-facts.ts";

type Deps = {
  readonly signIns: Pick<SignIns, "untold" | "told">;
  readonly homeserver: DirectRooms & Pick<Homeserver, "send">;
  readonly knownRooms: DirectRoomDeps["knownRooms"];
  readonly facts: Pick<RoomFacts, "titleOf">;
  readonly languageOf: (room: RoomId) => Language;
  readonly log: Logger;
  readonly now: () => number;
};

/**
 * Most people told in one round: each may need a room of their own, which takes a homeserver as long as a dozen
 * messages. Where many come at once, they hear one another first.
 */
const MOST_AT_ONCE = 5;

/**
 * Tells people alone that somebody signed in as them in a browser of which their client knows nothing. A message that
 * cannot be sent now is tried again the next time.
 */
export async function tellSignIns({
  signIns,
  homeserver,
  knownRooms,
  facts,
  languageOf,
  log,
  now,
}: Deps): Promise<void> {
  for (const signIn of signIns.untold(now()).slice(0, MOST_AT_ONCE)) {
    const { participant: who, room, openedAt } = signIn;
    try {
      const direct = await directRoomWith(who, { homeserver, knownRooms });
      const t = translateTo(languageOf(room));
      const time = new Date(openedAt).toISOString().slice(11, 16);
      const words = personalMessage(
        [t("sign-in.new", { room: await facts.titleOf(room), time }), t("sign-in.not-you")],
        who,
      );
      if (direct === null)
        log.warn({ room, who }, "somebody signed in in a new browser, and their homeserver lets nobody tell them");
      else await homeserver.send(direct, "m.room.message", `mm-sign-in-${room}-${openedAt}`, words);
    } catch (error) {
      if (!isForGood(error))
        return log.warn(
          { room, who, err: error },
          "a person could not be told that somebody signed in as them; it is tried again",
        );
    }
    signIns.told(signIn);
  }
}
