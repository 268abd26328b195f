import type Database from "better-sqlite3";
import type { CircleEvent } from "../circle/event.ts";
import { eventWithoutWordsOf } from "../circle/words-taken-back.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { TYPE_OF_ENTRY } from "../store/migrations/entry-values.ts";
import { monotonic, nextTurn } from "../time/time.ts";
import { LastUsed } from "./last-used.ts";
import { ENTRIES, type StoredEntries, type StoredEntry } from "./stored-entries.ts";

/** A meeting in the list of a room's meetings. */
export type PastMeeting = {
  readonly id: MeetingId;
  readonly title: string;
  readonly topic: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly people: readonly string[];
};

/** Most past meetings in a list: more than anybody scrolls through. */
const MOST_PAST = 100;

/** A few hundred bytes each. */
const MOST_LISTED = 5_000;

/** Other things wait no longer than this for a part of what is read bit by bit. */
const TURN_MS = 5;

/** Lists of the meetings of rooms, from the few events that a list needs. */
export class PastMeetingLists {
  readonly #db: Database.Database;
  readonly #stored: StoredEntries;
  readonly #lengthOf: (meeting: MeetingId) => number;
  /** Meeting in the list, as it was when its journal had this length; null: it was never begun. */
  readonly #listed = new LastUsed<MeetingId, { readonly length: number; readonly as: PastMeeting | null }>(MOST_LISTED);

  constructor(db: Database.Database, stored: StoredEntries, lengthOf: (meeting: MeetingId) => number) {
    this.#db = db;
    this.#stored = stored;
    this.#lengthOf = lengthOf;
  }

  /**
   * Meetings that were begun, the newest first. A few at a time: a hundred that are not at hand take as many
   * milliseconds.
   */
  async of(room: RoomId): Promise<PastMeeting[]> {
    const past: PastMeeting[] = [];
    let until = monotonic() + TURN_MS;
    for (const id of this.#pastIn(room)) {
      const listed = this.#list(id);
      if (listed) past.push(listed);
      if (monotonic() < until) continue;
      await nextTurn();
      until = monotonic() + TURN_MS;
    }
    return past;
  }

  #pastIn(room: RoomId): MeetingId[] {
    const ids = this.#db
      .prepare("SELECT id FROM meetings WHERE room = ? ORDER BY started DESC, rowid DESC LIMIT ?")
      .all(room, MOST_PAST);
    return (ids as { id: MeetingId }[]).map(({ id }) => id);
  }

  #list(id: MeetingId): PastMeeting | null {
    const length = this.#lengthOf(id);
    const known = this.#listed.get(id);
    if (known?.length === length) return known.as;
    const sql = `${ENTRIES} INDEXED BY events_by_type WHERE meeting = ? AND kind = 'circle'
                 AND ${TYPE_OF_ENTRY} IN ('person-joined', 'person-renamed', 'meeting-started', 'meeting-taken-up', 'meeting-ended', 'words-erased') ORDER BY seq`;
    const rows = this.#db.prepare(sql).all(id) as StoredEntry[];
    const as = listed(
      id,
      this.#stored.readable(id, rows).flatMap(({ entry }) => (entry.kind === "circle" ? [entry.event] : [])),
    );
    this.#listed.keep(id, { length, as });
    return as;
  }
}

function listed(id: MeetingId, events: readonly CircleEvent[]): PastMeeting | null {
  const names = new Map<ParticipantId, string>();
  let meeting: Omit<PastMeeting, "id" | "people" | "startedAt"> & { startedAt: number | null } = {
    title: "",
    topic: "",
    startedAt: null,
    endedAt: null,
  };
  for (const [i, original] of events.entries()) {
    const event = withoutErased(original, events.slice(i + 1));
    if (event.type === "person-joined" || event.type === "person-renamed") names.set(event.who, event.name);
    if (event.type === "meeting-started")
      meeting = { ...meeting, title: event.plan.title, topic: event.topic, startedAt: event.at };
    if (event.type === "meeting-ended") meeting = { ...meeting, endedAt: event.at };
    if (event.type === "meeting-taken-up") {
      for (const person of event.snapshot.people) names.set(person.id, person.name);
      const { scenario, topic, startedAt, endedAt } = event.snapshot;
      meeting = { title: scenario.title, topic, startedAt, endedAt };
    }
  }
  const { startedAt } = meeting;
  return startedAt === null ? null : { ...meeting, id, startedAt, people: [...names.values()] };
}

/** An event without the words that were erased since; in the journal they may stand a moment longer. */
function withoutErased(event: CircleEvent, since: readonly CircleEvent[]): CircleEvent {
  return since.reduce((left, { type, ...erased }) => {
    return type === "words-erased" && "who" in erased ? eventWithoutWordsOf(left, erased.who) : left;
  }, event);
}
