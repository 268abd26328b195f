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
  const lines = summary.sentences.map(({ text }): Line => ({ item: text }));
  return notice([{ heading }, ...orNothing(lines, wording), madeByLine(entry.madeBy, wording)], { [CONTENT_KEY.summary]: entry });
}

/** A summary of several people. Words that are somebody's own stand with their name. */
export function summaryLines({ sentences }: Summary, { method }: MadeBy, wording: Wording): Line[] {
  const lines = sentences.map(({ text, from }): Line => {
    const speaker = method === "highlights" && from[0] ? wording.speakerOf(from[0]) : null;
    return speaker ? { item: text, lead: wording.nameOf(speaker) } : { item: text };
  });
  return orNothing(lines, wording);
}

function orNothing(lines: Line[], { t }: Wording): Line[] {
  return lines.length > 0 ? lines : [t("summary.empty")];
}

/** Readers are told what made a text: whether somebody's words were chosen, or a model wrote. */
export function madeByLine({ method, model }: MadeBy, { t }: Wording): Line {
  return { small: t(`made.${method}`, { model: model ?? "" }) };
}
