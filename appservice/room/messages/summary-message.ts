import type { About, GroundedSentence, MadeBy, MinutesEntry } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../record-posts.ts";
import { entryId } from "../../protocol/minutes-key.ts";
import { correctedData, correctedLines } from "./corrected-lines.ts";
import { type Line, notice, type RoomContent } from "./message.ts";

type Summary = { readonly sentences: readonly GroundedSentence[] };

/** A summary of one person: of a turn or a circle in the circle's thread, of the whole meeting in the meeting's. */
export function participantSummaryMessage(
  entry: MinutesEntry,
  about: Extract<About, { participant: string }>,
  summary: Summary,
  wording: Wording,
): RoomContent {
  const heading = wording.t(`summary.${about.kind}`, { name: wording.nameOf(about.participant) });
  const lines = summary.sentences.map(({ text }): Line => ({ item: text }));
  return notice([{ heading }, ...orNothing(lines, wording), ...makerLines(entry, wording)], summaryData(entry, wording));
}

/** A summary of several people. Words that are somebody's own stand with their name. */
export function summaryLines({ sentences }: Summary, { method }: Pick<MadeBy, "method">, wording: Wording): Line[] {
  const lines = sentences.flatMap(({ text, from, section }, place): Line[] => {
    const speaker = method === "highlights" && from[0] ? wording.speakerOf(from[0]) : null;
    const heading = section !== undefined && section !== sentences[place - 1]?.section ? [{ heading: section }] : [];
    return [...heading, speaker ? { item: text, lead: wording.nameOf(speaker) } : { item: text }];
  });
  return orNothing(lines, wording);
}

function orNothing(lines: Line[], { t }: Wording): Line[] {
  return lines.length > 0 ? lines : [t("summary.empty")];
}

/** What made a summary, and who corrected it. */
export function makerLines(entry: MinutesEntry, wording: Wording): Line[] {
  return [madeByLine(entry.madeBy, wording), ...correctedLines(wording.correctionsOf({ of: "summary", id: entryId(entry) }), wording)];
}

export function summaryData(entry: MinutesEntry, wording: Wording): RoomContent {
  return { [CONTENT_KEY.summary]: entry, ...correctedData(wording.correctionsOf({ of: "summary", id: entryId(entry) })) };
}

/** Readers are told what made a text: whether somebody's words were chosen, or a model wrote. */
export function madeByLine({ method, model }: MadeBy, { t }: Wording): Line {
  return { small: t(`made.${method}`, { model: model ?? "" }) };
}
