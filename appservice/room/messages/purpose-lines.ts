import type { Translate } from "../../language/translate.ts";
import type { Shown } from "../../protocol/agreement.ts";
import { shownSentences } from "./agreement-message.ts";

/** What somebody allows who lets their words be written down in all meetings of a room, with who gets them. */
export function writingSentence(asks: Shown, t: Translate): string {
  return t("purpose.write", { details: shownSentences(asks, t).join(" ") });
}
