import type { About, GroundedSentence, MadeBy, MinutesEntry } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../record-posts.ts";
import { type Line, notice, type RoomContent } from "./message.ts";

type Summary = { readonly sentences: readonly GroundedSentence[] };

/** A participant's summary, in the circle's thread. */
export function participantSummaryMessage(
  entry: MinutesEntry,
  about: Extract<About, { kind: "participant" }>,
  summary: Summary,
  wording: Wording,
): RoomContent {
  const heading = wording.t("summary.participant", { name: wording.nameOf(about.participant) });
  return notice([{ heading }, ...summaryLines(summary, wording), madeByLine(entry.madeBy, wording)], { [CONTENT_KEY.summary]: entry });
}

export function summaryLines({ sentences }: Summary, { t }: Wording): Line[] {
  if (sentences.length === 0) return [t("summary.empty")];
  return sentences.map(({ text }) => ({ item: text }));
}

/** Readers are told what made a text: whether somebody's words were chosen, or a model wrote. */
export function madeByLine({ method, model }: MadeBy, { t }: Wording): Line {
  return { small: t(`made.${method}`, { model: model ?? "" }) };
}
