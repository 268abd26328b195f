import type { Logger } from "pino";
import { translateTo } from "../language/translate.ts";
import type { Language, RoomId } from "../protocol/identity.ts";
import { homeIssuer, MATRIX } from "../protocol/actor.ts";
import type { Erasures } from "../store/erasures.ts";
import { type DirectRoomDeps, directRoomWith } from "./direct-room.ts";
import type { Homeserver } from "./homeserver.ts";
import { isForGood } from "./homeserver-failure.ts";
import { personalMessage } from "./messages/message.ts";
import type { DirectRooms } from "./ports.ts";
import type { RoomFacts } from "./room-facts.ts";

type Deps = {
  readonly erasures: Pick<Erasures, "untold" | "told">;
  readonly homeserver: DirectRooms & Pick<Homeserver, "send">;
  readonly knownRooms: DirectRoomDeps["knownRooms"];
  readonly facts: Pick<RoomFacts, "titleOf">;
  readonly languageOf: (room: RoomId) => Language;
  readonly log: Logger;
};

/**
 * Tells people alone that what they had asked to be erased is erased. Guests and people of Telegram have no room with
 * the bot alone; a message that cannot be sent now is tried again the next time.
 */
export async function tellErasures({ erasures, homeserver, knownRooms, facts, languageOf, log }: Deps): Promise<void> {
  for (const erasure of erasures.untold()) {
    const { room, who, at } = erasure;
    try {
      const direct = homeIssuer(who) === MATRIX ? await directRoomWith(who, { homeserver, knownRooms }) : null;
      const words = translateTo(languageOf(room))("forget.done", { room: await facts.titleOf(room) });
      if (direct !== null)
        await homeserver.send(direct, "m.room.message", `mm-erased-${room}-${at}`, personalMessage([words], who));
    } catch (error) {
      if (!isForGood(error))
        return log.warn(
          { room, err: error },
          "a person could not be told that their words are erased; it is tried again",
        );
    }
    erasures.told(erasure);
  }
}
