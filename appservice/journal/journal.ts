import type Database from "better-sqlite3";
import type { CircleEvent } from "../circle/event.ts";
import { eventWithout, wordsIn } from "../circle/words-taken-back.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { ServiceError } from "../protocol/mindminder-error.ts";
import type { JournalEntry } from "./entry.ts";
import { LastUsed } from "./last-used.ts";
import { TYPE_OF_ENTRY, TYPED_COMMAND, TYPED_EDIT, TYPED_MESSAGE } from "../store/migrations.ts";
import { carriedFrom } from "./post-key.ts";
import { scrub } from "./scrub.ts";
import { JournalUnreadable, StoredEntries, type StoredEntry } from "./stored-entries.ts";
import type { Upcaster } from "./upcast/upcaster.ts";
import { type UnitOfWork, unitOf } from "../store/unit-of-work.ts";
import { UPCASTERS } from "./upcast/upcasters.ts";
import { monotonic, nextTurn } from "../time/time.ts";

/** A meeting in the list of a room's meetings. */
export type PastMeeting = {
  readonly id: MeetingId;
  readonly title: string;
  readonly topic: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly people: readonly string[];
};

/** Read at once: a few milliseconds. */
const PORTION = 200;

/** Other things wait no longer than this for a part of what is read bit by bit. */
const TURN_MS = 5;

/** Most past meetings in a list: more than anybody scrolls through. */
const MOST_PAST = 100;

/** A few hundred bytes each. */
const MOST_LISTED = 5_000;

const ENTRIES = "SELECT seq, kind, v, body FROM events";

/** An entry was to be written elsewhere than at the end of its meeting's journal; nothing of it is. */
class JournalOutOfStep extends ServiceError {
  constructor(meeting: MeetingId, seq: number, length: number) {
    super("JOURNAL_OUT_OF_STEP", `meeting ${meeting}: entry ${seq} was to be written, and the next is ${length}`);
  }
}

function holeText(meeting: MeetingId, seq: number): string {
  return `meeting ${meeting}: entry ${seq} is missing, and later ones are there. What came after it cannot be known; run “mindminder restore” with a backup in which the meeting is whole, or leave it: the others go on.`;
}

/** Events that hold words typed or said, or results made of them. */
const OF_WORDS = [
  "comment-made",
  "comment-edited",
  "comment-edit-removed",
  "comment-removed",
  "utterance-heard",
  "taken-back",
  "command-taken-back",
  "corrected",
  "minutes-made",
  "minutes-failed",
  "graph-drawn",
];

/** The append-only journal of all meetings: the truth of which everything else is a projection. Nothing in it is rewritten but words that were taken back. */
export class Journal {
  /** Unit in which entries are written together with everything else they bring about. */
  readonly unit: UnitOfWork;
  readonly #db: Database.Database;
  /** Meeting in the list, as it was when its journal had this length; null: it was never begun. */
  readonly #listed = new LastUsed<MeetingId, { readonly length: number; readonly as: PastMeeting | null }>(MOST_LISTED);

  readonly #stored: StoredEntries;

  constructor(db: Database.Database, upcasters: readonly Upcaster[] = UPCASTERS) {
    this.#db = db;
    this.unit = unitOf(db);
    this.#stored = new StoredEntries(upcasters);
  }

  /** Appends all entries or none, `seq` being the place of the first. That of a new meeting, 0, also opens it. Throws `JournalOutOfStep`. */
  append(meeting: MeetingId, room: RoomId, seq: number, entries: readonly JournalEntry[], at: number): void {
    const length = this.lengthOf(meeting);
    if (seq !== length) throw new JournalOutOfStep(meeting, seq, length);
    const insert = this.#db.prepare(
      "INSERT INTO events (meeting, seq, kind, v, body, actor) VALUES (?, ?, ?, ?, ?, ?)",
    );
    this.unit.run(() => {
      if (seq === 0)
        this.#db.prepare("INSERT INTO meetings (id, room, started) VALUES (?, ?, ?)").run(meeting, room, at);
      for (const [i, entry] of entries.entries()) {
        const { kind, v, body, actor } = this.#stored.written(entry);
        insert.run(meeting, seq + i, kind, v, body, actor);
      }
      if (entries.some(takesBack))
        this.#db.prepare("INSERT OR IGNORE INTO unwritten (meeting) VALUES (?)").run(meeting);
    });
  }

  /**
   * Forgets a meeting; only that it was stays: nothing of its events, its messages in the room, or where its tasks
   * went.
   */
  forget(meeting: MeetingId, at: number): void {
    this.unit.run(() => {
      this.#db
        .prepare(
          "INSERT OR IGNORE INTO forgotten_meetings (id, room, started, forgotten_at) SELECT id, room, started, ? FROM meetings WHERE id = ?",
        )
        .run(at, meeting);
      this.#db.prepare("DELETE FROM outbox WHERE scope = ? OR key GLOB ?").run(meeting, carriedFrom(meeting));
      this.#db.prepare("DELETE FROM versions WHERE goes = 0 AND (scope = ? OR meeting = ?)").run(meeting, meeting);
      for (const table of ["events", "words_taken_back", "unwritten", "exported_tasks"])
        this.#db.prepare(`DELETE FROM ${table} WHERE meeting = ?`).run(meeting);
      this.#db.prepare("DELETE FROM meetings WHERE id = ?").run(meeting);
    });
    this.unit.afterCommit(() => this.tidy());
  }

  /** Meetings of a room that began before a moment. */
  begunBefore(room: RoomId, moment: number): MeetingId[] {
    return (
      this.#db.prepare("SELECT id FROM meetings WHERE room = ? AND started < ? ORDER BY started").all(room, moment) as {
        id: MeetingId;
      }[]
    ).map(({ id }) => id);
  }

  /** Meetings in which words were taken back, until the room holds none of them any more. */
  unwritten(): MeetingId[] {
    return (this.#db.prepare("SELECT meeting FROM unwritten").all() as { meeting: MeetingId }[]).map(
      ({ meeting }) => meeting,
    );
  }

  written(meeting: MeetingId): void {
    this.#db.prepare("DELETE FROM unwritten WHERE meeting = ?").run(meeting);
  }

  read(meeting: MeetingId): JournalEntry[] {
    const rows = this.#db.prepare(`${ENTRIES} WHERE meeting = ? ORDER BY seq`).all(meeting) as StoredEntry[];
    return this.#readFrom(0, meeting, rows);
  }

  /** Takes the words out of it that were taken back; see `scrub`. True where there were any. */
  forgetTakenBack(meeting: MeetingId): boolean {
    const kinds = OF_WORDS.map(() => "?").join(", ");
    const rows = this.#db
      .prepare(
        `${ENTRIES} INDEXED BY events_by_type WHERE meeting = ? AND kind = 'record' AND ${TYPE_OF_ENTRY} IN (${kinds}) ORDER BY seq`,
      )
      .all(meeting, ...OF_WORDS);
    const entries = this.#stored
      .readable(meeting, rows as StoredEntry[])
      .flatMap(({ seq, entry }) => (entry.kind === "record" ? [{ seq, event: entry.event }] : []));
    const changed: { readonly seq: number; readonly entry: JournalEntry }[] = [
      ...scrub(entries).map(({ seq, event }) => ({ seq, entry: { kind: "record" as const, event } })),
      ...entries.flatMap(({ event }) =>
        event.type === "command-taken-back"
          ? this.#ofCommand(meeting, event.message)
              .filter(isChanged)
              .map((of) => ({ seq: of.seq, entry: { kind: "circle" as const, event: of.event } }))
          : [],
      ),
    ];
    const update = this.#db.prepare("UPDATE events SET v = ?, body = ? WHERE meeting = ? AND seq = ?");
    this.unit.run(() => {
      for (const { seq, entry } of changed) {
        const { v, body } = this.#stored.written(entry);
        update.run(v, body, meeting, seq);
      }
    });
    // The log beside the database holds what it wrote until then.
    if (changed.length > 0) this.unit.afterCommit(() => this.tidy());
    return changed.length > 0;
  }

  /** Words of a command that are left in a journal. */
  commandWords(meeting: MeetingId, message: string): string[] {
    return this.#ofCommand(meeting, message).flatMap(({ before }) => wordsIn(before));
  }

  #ofCommand(
    meeting: MeetingId,
    message: string,
  ): { readonly seq: number; readonly before: CircleEvent; readonly event: CircleEvent }[] {
    const rows = this.#db
      .prepare(`${ENTRIES} WHERE ${TYPED_COMMAND} = ? AND meeting = ? AND kind = 'circle' ORDER BY seq`)
      .all(message, meeting);
    return this.#stored
      .readable(meeting, rows as StoredEntry[])
      .flatMap(({ seq, entry }) =>
        entry.kind === "circle" ? [{ seq, before: entry.event, event: eventWithout(entry.event, message) }] : [],
      );
  }

  /** The meeting of a room to whose record a message belongs: as a comment, as an edit of one, or as a command with words of its own. */
  meetingWithMessage(room: RoomId, eventId: string): MeetingId | null {
    const sql = `SELECT meeting FROM (
                   SELECT meeting FROM events WHERE ${TYPED_MESSAGE} = ?
                   UNION ALL SELECT meeting FROM events WHERE ${TYPED_EDIT} = ?
                   UNION ALL SELECT meeting FROM events WHERE ${TYPED_COMMAND} = ?
                 ) JOIN meetings ON id = meeting WHERE room = ? LIMIT 1`;
    return (
      (this.#db.prepare(sql).get(eventId, eventId, eventId, room) as { meeting: MeetingId } | undefined)?.meeting ??
      null
    );
  }

  /** Empties the log beside the database, so that data overwritten lately is not left there either. */
  tidy(): void {
    this.#db.pragma("wal_checkpoint(TRUNCATE)");
  }

  /** The same a portion at a time, so that a long meeting holds nobody up. */
  async readByAndBy(meeting: MeetingId): Promise<JournalEntry[]> {
    const entries: JournalEntry[] = [];
    for (
      let portion = this.#portion(meeting, 0);
      portion.length > 0;
      portion = this.#portion(meeting, entries.length)
    ) {
      entries.push(...portion);
      await nextTurn();
    }
    return entries;
  }

  /** Number of a meeting's entries: by it is known whether the meeting is as it was. */
  lengthOf(meeting: MeetingId): number {
    return (
      this.#db.prepare("SELECT COALESCE(MAX(seq), -1) + 1 AS length FROM events WHERE meeting = ?").get(meeting) as {
        length: number;
      }
    ).length;
  }

  #portion(meeting: MeetingId, from: number): JournalEntry[] {
    const rows = this.#db
      .prepare(`${ENTRIES} WHERE meeting = ? AND seq >= ? ORDER BY seq LIMIT ?`)
      .all(meeting, from, PORTION);
    return this.#readFrom(from, meeting, rows as StoredEntry[]);
  }

  /** Entries that follow one another without a hole: `from` is the place of the first. */
  #readFrom(from: number, meeting: MeetingId, rows: readonly StoredEntry[]): JournalEntry[] {
    return rows.map((row, i) => {
      if (row.seq !== from + i) throw new JournalUnreadable(holeText(meeting, from + i));
      return this.#stored.read(meeting, row);
    });
  }

  roomOf(meeting: MeetingId): RoomId | null {
    const row = this.#db.prepare("SELECT room FROM meetings WHERE id = ?").get(meeting) as { room: RoomId } | undefined;
    return row?.room ?? null;
  }

  /** Every room that a meeting was in. */
  rooms(): RoomId[] {
    return (this.#db.prepare("SELECT DISTINCT room FROM meetings ORDER BY room").all() as { room: RoomId }[]).map(
      ({ room }) => room,
    );
  }

  /**
   * Meetings of a room that were begun, the newest first, from the few events that the list needs. A few at a time: a hundred that
   * are not at hand take as many milliseconds.
   */
  async past(room: RoomId): Promise<PastMeeting[]> {
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
    const length = this.lengthOf(id);
    const known = this.#listed.get(id);
    if (known?.length === length) return known.as;
    const sql = `${ENTRIES} INDEXED BY events_by_type WHERE meeting = ? AND kind = 'circle'
                 AND ${TYPE_OF_ENTRY} IN ('person-joined', 'person-renamed', 'meeting-started', 'meeting-taken-up', 'meeting-ended') ORDER BY seq`;
    const rows = this.#db.prepare(sql).all(id) as StoredEntry[];
    const as = listed(
      id,
      this.#stored.readable(id, rows).flatMap(({ entry }) => (entry.kind === "circle" ? [entry.event] : [])),
    );
    this.#listed.keep(id, { length, as });
    return as;
  }

  /** The newest meeting of each room, and all that began after `since`; oldest first. */
  recent(since: number): { id: MeetingId; room: RoomId }[] {
    const sql = `SELECT id, room FROM meetings AS m WHERE started >= ?
                 OR rowid = (SELECT rowid FROM meetings WHERE room = m.room ORDER BY started DESC, rowid DESC LIMIT 1)
                 ORDER BY started, rowid`;
    return this.#db.prepare(sql).all(since) as { id: MeetingId; room: RoomId }[];
  }
}

function isChanged({ before, event }: { readonly before: CircleEvent; readonly event: CircleEvent }): boolean {
  return JSON.stringify(before) !== JSON.stringify(event);
}

/** Tells whether, after it, words that stand in the room may have to go. */
export function takesBack({ event }: JournalEntry): boolean {
  return ["comment-edited", "comment-edit-removed", "comment-removed", "taken-back", "command-taken-back"].includes(
    event.type,
  );
}

function listed(id: MeetingId, events: readonly CircleEvent[]): PastMeeting | null {
  const names = new Map<ParticipantId, string>();
  let meeting: Omit<PastMeeting, "id" | "people" | "startedAt"> & { startedAt: number | null } = {
    title: "",
    topic: "",
    startedAt: null,
    endedAt: null,
  };
  for (const event of events) {
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
