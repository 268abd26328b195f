import type { Meeting } from "../circle/meeting.ts";
import type { MeetingRecord } from "../protocol/meeting-record.ts";
import { keyOf } from "../protocol/minutes-key.ts";
import type { TextChange } from "../protocol/text-change.ts";
import { type Drafts, NO_DRAFTS } from "./drafts.ts";
import { shownComment } from "./kept-comment.ts";
import type { RecordState } from "./state.ts";

/** A meeting, its record, and its minutes that are being made. */
export type Recorded = { readonly meeting: Meeting; readonly record: RecordState; readonly drafts: Drafts };

/** Number that grows with each change of what `recordOf` shows. Costs nothing to ask. */
export function recordVersion({ meeting, record, drafts }: Recorded): number {
  return record.version + drafts.revision + meeting.ended.length;
}

/**
 * The record as everybody may see it. Turns that nobody took are left out: there was nothing to hear in them. Copies
 * all of it.
 */
export function recordOf(meeting: Meeting, record: RecordState, drafts: Drafts = NO_DRAFTS): MeetingRecord {
  return {
    version: recordVersion({ meeting, record, drafts }),
    utterances: record.utterances.toArray(),
    comments: record.comments.filter(({ removed }) => !removed).map(shownComment),
    turns: meeting.ended
      .filter(({ startedAt }) => startedAt !== null)
      .map(({ spentMs, moreTimeBy, ...turn }) => ({
        ...turn,
        ...(moreTimeBy && { moreTimeBy: [...moreTimeBy] }),
        spokenMs: spentMs,
        heard: record.heard.has(turn.id),
        ...(record.withheldTurns.has(turn.id) ? { withheld: true as const } : {}),
      })),
    minutes: [...record.minutes],
    remaking: [...record.remaking],
    corrections: record.corrections.toArray(),
    ...(drafts.growing.size > 0 ? { growing: [...drafts.growing.values()] } : {}),
  };
}

/**
 * The record as the minutes see it: results to be made anew are not there, and changes since the others were made are
 * known.
 */
export function recordForMinutes(
  meeting: Meeting,
  record: RecordState,
  drafts: Drafts = NO_DRAFTS,
): MeetingRecord & { readonly changes: readonly TextChange[]; readonly basis: ReadonlyMap<string, number> } {
  const view = recordOf(meeting, record, drafts);
  return {
    ...view,
    changes: record.changes.toArray(),
    basis: record.basis.toMap(),
    minutes: view.minutes.filter(({ madeBy, about }) => !record.remaking.has(keyOf(madeBy.plugin, about))),
  };
}
