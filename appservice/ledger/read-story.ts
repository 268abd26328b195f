import type { JournalEntry } from "../journal/entry.ts";
import type { CorrectionMade } from "../protocol/correction.ts";
import type { MeetingId } from "../protocol/identity.ts";
import type { PurposeEvent } from "../purposes/event.ts";
import type { RecordEvent } from "../record/event.ts";
import { evolveRecord } from "../record/evolve.ts";
import { EMPTY_RECORD, type RecordState } from "../record/state.ts";
import { monotonic, nextTurn } from "../time/time.ts";
import type { Happening, Story } from "./happening.ts";

/** Other things wait no longer than this while a long meeting is read. */
const TURN_MS = 5;

/** The story of a meeting, from its journal; a long one a portion at a time. */
export async function readStory(meeting: MeetingId, entries: readonly JournalEntry[]): Promise<Story> {
  const happenings: Happening[] = [];
  let record = EMPTY_RECORD;
  let until = monotonic() + TURN_MS;
  for (const [place, entry] of entries.entries()) {
    const before = record;
    if (entry.kind === "record") record = evolveRecord(record, entry.event);
    happenings.push({
      id: `${meeting}#${place}`,
      place,
      event: entry.event,
      made: madeBy(entry.event, before, record),
    });
    if (monotonic() < until) continue;
    await nextTurn();
    until = monotonic() + TURN_MS;
  }
  return { source: meeting, happenings };
}

const PURPOSES = "purposes";

/** The story of what people of a room let their words and sound be used for. */
export function purposesStory(events: readonly PurposeEvent[]): Story {
  const happenings = events.map((event, place) => ({ id: `${PURPOSES}#${place}`, place, event, made: null }));
  return { source: PURPOSES, happenings };
}

/** Correction by which the record grew. */
function madeBy(
  event: { readonly type: RecordEvent["type"] | string },
  before: RecordState,
  after: RecordState,
): CorrectionMade | null {
  if (event.type !== "corrected" || after.corrections.length === before.corrections.length) return null;
  return after.corrections.at(-1) ?? null;
}
