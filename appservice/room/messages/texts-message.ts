import type { WrittenText } from "../../circle/kinds/kind-words.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../wording.ts";
import { inParts } from "./in-parts.ts";
import { type Line, notice, type RoomContent } from "./message.ts";
import { partOf } from "./part-of.ts";

/** Texts written in silence, in the circle's thread, once all of them are shown. */
export function textsMessages(circle: number, written: readonly WrittenText[], { t, nameOf }: Wording): RoomContent[] {
  const parts = inParts(written, ({ text }) => text.length);
  return parts.map((part, index) => {
    const lines = part.map(
      ({ who, text, finished }): Line => ({
        lead: finished ? nameOf(who) : t("texts.draft", { name: nameOf(who) }),
        item: text,
      }),
    );
    const heading = `${t("texts.title")}${partOf(index, parts.length, t)}`;
    return notice([{ heading }, ...(lines.length > 0 ? lines : [{ small: t("texts.nothing") }])], {
      [CONTENT_KEY.texts]: { circle, texts: part },
    });
  });
}
