import { evolve } from "../circle/evolve.ts";
import type { Meeting } from "../circle/meeting.ts";
import { type Drafts, draftsAfter, NO_DRAFTS } from "../record/drafts.ts";
import { evolveRecord } from "../record/evolve.ts";
import { EMPTY_RECORD, type RecordState } from "../record/state.ts";
import { type CirclePlace, placeIn, ringAt } from "../protocol/place.ts";
import type { RingNumber } from "../protocol/identity.ts";
import type { JournalEntry } from "./entry.ts";
import { atOnce, eachOf, type Parts } from "./parts-of-work.ts";

/** A room's current or last meeting, its record, and what of its minutes is being made; as they were at one moment. */
export type LiveMeeting = {
  readonly meeting: Meeting;
  readonly record: RecordState;
  readonly drafts: Drafts;
  /** Ring of the room's assembly that it is the meeting of; left out: it is the room's own. */
  readonly ring?: RingNumber;
};

/** CirclePlace in which it is held. */
export function placeOf({ meeting, ring }: LiveMeeting): CirclePlace {
  return placeIn(meeting.roomId, ring);
}

/** Hears, after the journal has it, of the meeting as it now is and of its newest events. */
export type Listener = (live: LiveMeeting, happened: readonly JournalEntry[]) => void;

/** `seq`: number of its entries. */
export type HeldMeeting = LiveMeeting & { readonly seq: number };

/** Meeting as it is after these entries too; `before` is null where they are its first. */
export function meetingAfter(
  before: HeldMeeting | null,
  entries: readonly JournalEntry[],
  place: CirclePlace | null,
): HeldMeeting {
  return atOnce(foldedAfter(before, entries, place));
}

/** The same in parts. */
export function* foldedAfter(
  before: HeldMeeting | null,
  entries: readonly JournalEntry[],
  place: CirclePlace | null,
): Parts<HeldMeeting> {
  let meeting = before?.meeting ?? null;
  let record = before?.record ?? EMPTY_RECORD;
  let drafts = before?.drafts ?? NO_DRAFTS;
  yield* eachOf(entries, (entry) => {
    if (entry.kind === "circle") meeting = evolve(meeting, entry.event);
    else {
      const changed = evolveRecord(record, entry.event);
      drafts = draftsAfter(drafts, entry.event, record, changed);
      record = changed;
    }
  });
  if (!meeting) throw new Error("a journal without events has no meeting");
  const ring = before ? before.ring : place && ringAt(place);
  return { meeting, record, drafts, seq: (before?.seq ?? 0) + entries.length, ...(ring ? { ring } : {}) };
}
