import { SealedSound } from "../../../appservice/store/sealed-sound.ts";
import { WordKeys } from "../../../appservice/store/word-keys.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import { personId, roomId } from "../protocol/ids.ts";

/** Keys by which sound is sealed, in memory; `of`: the name of somebody's. */
export function soundKeys() {
  const keys = new WordKeys(":memory:");
  const of = (who: ParticipantId = personId("@ann:hs")) => keys.presentOf(roomId("!room:hs"), who);
  return { keys, sealed: new SealedSound(keys), of };
}
