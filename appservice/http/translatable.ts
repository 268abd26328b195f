import type { MeetingRecord } from "../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { textsOf } from "../protocol/texts-of.ts";

type Shown = {
  readonly meeting: Pick<MeetingSnapshot, "circles">;
  readonly record: Pick<MeetingRecord, "utterances" | "comments" | "minutes">;
};

/**
 * Lists what may be put into another language for whoever a meeting is shown to so: what stands in its record and its
 * circles, and in the captions of its call. A model that is paid for by all is there for nothing else.
 */
export function translatable({ meeting, record }: Shown, captions: readonly string[]): ReadonlySet<string> {
  return new Set([
    ...record.utterances.map(({ text }) => text),
    ...record.comments.map(({ text }) => text),
    ...record.minutes.flatMap(({ result }) => textsOf(result)),
    ...meeting.circles.flatMap(({ texts }) => texts.map(({ text }) => text)),
    ...captions,
  ]);
}
