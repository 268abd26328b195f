import type { Meeting } from "../../circle/meeting.ts";
import type { PostKey } from "../../journal/post-key.ts";
import { clockTime } from "../../language/translate.ts";
import type { Wording } from "../wording.ts";
import { notice, type RoomContent } from "./message.ts";

const SHOWN = 3;

/** Messages on outages of the call, one each, changed when it is over; of many outages the first few and the last. */
export function outageMessages(
  { outages }: Meeting,
  { t }: Wording,
): { readonly key: PostKey; readonly content: RoomContent }[] {
  const shown = [...outages.slice(0, SHOWN), ...outages.slice(SHOWN).slice(-1)];
  return shown.map(({ at, until }, index) => ({
    key: { kind: "call-away", outage: index },
    content: notice([until === null ? t("call-away") : t("call-was-away", { time: clockTime(until - at) })]),
  }));
}
