import { type Meeting, startOf } from "../circle/meeting.ts";
import { isByHand } from "../record/remade.ts";
import type { FailedMinutes } from "../record/event.ts";
import { longestOf, type RecordState } from "../record/state.ts";
import { type Corrigible, correctionsOf, type CorrectionMade } from "../protocol/correction.ts";
import { dayIn, spanIn, type Translate } from "../language/translate.ts";
import type { Language, ParticipantId } from "../protocol/identity.ts";
import type { Growing, MinutesEntry, Utterance } from "../protocol/meeting-record.ts";
import { keyOf } from "../protocol/minutes-key.ts";

/** Knowledge that the builders of messages need besides the meeting. */
export type Wording = {
  readonly t: Translate;
  readonly language: Language;
  readonly nameOf: (id: ParticipantId) => string;
  /** A day, shortly; with its year where that is not the meeting's. `date` is `YYYY-MM-DD`. */
  readonly day: (date: string) => string;
  /** Span from beginning to end: its day, and both times. */
  readonly span: (from: number, to: number) => string;
  /** Speaker of an utterance, or author of a comment. */
  readonly speakerOf: (utterance: string) => ParticipantId | null;
  readonly correctionsOf: (thing: Corrigible) => readonly CorrectionMade[];
  /** Place where a task stands besides the room. */
  readonly outside: (task: string) => StandsOutside | null;
  /** Greatest length that an utterance's text ever had, in characters. */
  readonly longest: (utterance: Utterance) => number;
  /** Reason why a result still says what was corrected since; null: it does not, or will soon be made anew. */
  readonly staysOutdated: (entry: MinutesEntry) => "by-hand" | "failed" | null;
};

export type StandsOutside = { readonly target: string; readonly url: string | null };

export type MinutesState = {
  readonly made: readonly MinutesEntry[];
  readonly failed: readonly FailedMinutes[];
  /** Results that are not finished, as far as they have come. */
  readonly growing?: readonly Growing[];
  /** True while minutes of the meeting as a whole are still to come. */
  readonly pending: boolean;
};

/**
 * Facts about the meeting from outside of it: where its tasks stand besides, in which zone its times are told, which
 * results rest on words that were corrected since.
 */
type Around = {
  readonly outside?: Wording["outside"];
  readonly timeZone?: string;
  readonly outdated?: readonly MinutesEntry[];
};

export function wordingFor(
  meeting: Meeting,
  record: RecordState,
  t: Translate,
  { outside = () => null, timeZone = "UTC", outdated = [] }: Around = {},
): Wording {
  const names = new Map(meeting.people.map(({ id, name }) => [id, name]));
  const speakers = new Map([
    ...record.comments.map(({ id, who }) => [id, who] as const),
    ...record.utterances.map(({ id, speaker }) => [id, speaker] as const),
  ]);
  const { language } = meeting;
  return {
    t,
    language,
    outside,
    nameOf: (id) => names.get(id) ?? id,
    day: (date) => dayIn(language, date, new Date(startOf(meeting)?.startedAt ?? meeting.at).getUTCFullYear()),
    span: (from, to) => spanIn(language, from, to, timeZone),
    speakerOf: (utterance) => speakers.get(utterance) ?? null,
    correctionsOf: (thing) => correctionsOf(record.corrections, thing),
    longest: (utterance) => longestOf(record, utterance),
    staysOutdated: (entry) =>
      !outdated.includes(entry)
        ? null
        : isByHand(entry, record)
          ? "by-hand"
          : hasFailed(entry, record)
            ? "failed"
            : null,
  };
}

function hasFailed({ about, madeBy }: MinutesEntry, { failed }: Pick<RecordState, "failed">): boolean {
  return failed.some((failure) => keyOf(failure.plugin, failure.about) === keyOf(madeBy.plugin, about));
}
