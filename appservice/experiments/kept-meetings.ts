import type { CircleEvent } from "../circle/event.ts";
import { replay } from "../circle/evolve.ts";
import type { Meeting } from "../circle/meeting.ts";
import type { Journal } from "../journal/journal.ts";
import type { MeetingId } from "../protocol/identity.ts";
import type { RecordEvent } from "../record/event.ts";
import { replayRecord } from "../record/evolve.ts";
import type { RecordState } from "../record/state.ts";

/** A meeting as the journal has it. */
export type MeetingKept = {
  readonly meeting: Meeting;
  readonly record: RecordState;
  /** Number of results that were made anew. */
  readonly redone: number;
  /** Milliseconds from the end of each piece that was said to its text. */
  readonly delaysMs: readonly number[];
};

/** All meetings of a service, room by room; `onUnreadable` hears of those that are left out. */
export async function* keptMeetings(
  journal: Pick<Journal, "rooms" | "begunBefore" | "readByAndBy">,
  onUnreadable: (meeting: MeetingId, error: unknown) => void,
): AsyncGenerator<MeetingKept> {
  for (const room of journal.rooms()) {
    for (const id of journal.begunBefore(room, Number.MAX_SAFE_INTEGER)) {
      try {
        yield await keptMeeting(journal, id);
      } catch (error) {
        onUnreadable(id, error);
      }
    }
  }
}

async function keptMeeting(journal: Pick<Journal, "readByAndBy">, id: MeetingId): Promise<MeetingKept> {
  const [circle, record]: [CircleEvent[], RecordEvent[]] = [[], []];
  for (const entry of await journal.readByAndBy(id)) {
    if (entry.kind === "circle") circle.push(entry.event);
    else record.push(entry.event);
  }
  const redone = record.reduce((sum, event) => sum + (event.type === "minutes-redo" ? event.results.length : 0), 0);
  const delaysMs = record.flatMap((event) => (event.type === "utterance-heard" ? (event.afterMs ?? []) : []));
  return { meeting: replay(circle), record: replayRecord(record), redone, delaysMs };
}
