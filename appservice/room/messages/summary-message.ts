import type { About, GroundedSentence, MadeBy, MinutesEntry } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../wording.ts";
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
  return notice([{ heading }, ...lines, ...summaryCorrected(entry, wording)], summaryData(entry, wording));
}

/** Summary of a circle, in its thread. Its data stands in the circle's root. */
export function circleSummaryMessage(entry: MinutesEntry, summary: Summary, wording: Wording): RoomContent {
  return notice([
    { heading: wording.t("summary.circle") },
    ...summaryLines(summary, entry.madeBy, wording),
    ...summaryCorrected(entry, wording),
  ]);
}

/** A summary of several people. Words that are somebody's own stand with their name. */
export function summaryLines({ sentences }: Summary, { method }: Pick<MadeBy, "method">, wording: Wording): Line[] {
  return sentences.flatMap(({ text, from, section }, place): Line[] => {
    const speaker = method === "highlights" && from[0] ? wording.speakerOf(from[0]) : null;
    const heading = section !== undefined && section !== sentences[place - 1]?.section ? [{ heading: section }] : [];
    return [...heading, speaker ? { item: text, lead: wording.nameOf(speaker) } : { item: text }];
  });
}

/** Names of those who corrected a summary, and why it may still say what was corrected elsewhere. */
export function summaryCorrected(entry: MinutesEntry, wording: Wording): Line[] {
  const stays = wording.staysOutdated(entry);
  const corrected = correctedLines(wording.correctionsOf({ of: "summary", id: entryId(entry) }), wording);
  return stays ? [...corrected, { small: wording.t(`outdated.${stays}`) }] : corrected;
}

export function summaryData(entry: MinutesEntry, wording: Wording): RoomContent {
  return {
    [CONTENT_KEY.summary]: entry,
    ...correctedData(wording.correctionsOf({ of: "summary", id: entryId(entry) })),
  };
}
