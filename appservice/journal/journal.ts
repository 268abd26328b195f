import type Database from "better-sqlite3";
import { type CirclePlace, placeIn, ringAt, roomAt } from "../protocol/place.ts";
import type { EventId, MeetingId, ParticipantId, RingNumber, RoomId } from "../protocol/identity.ts";
import { ServiceError } from "../protocol/mindminder-error.ts";
import type { JournalEntry } from "./entry.ts";
import { emptyLog } from "../store/database.ts";
import { TYPED_COMMAND, TYPED_EDIT, TYPED_MESSAGE } from "../store/migrations/entry-values.ts";
import { type PastMeeting, PastMeetingLists } from "./past-meetings.ts";
import { peopleIn } from "./people-in.ts";
import { carriedFrom } from "./post-key.ts";
import { ENTRIES, JournalUnreadable, StoredEntries, type StoredEntry } from "./stored-entries.ts";
import type { Upcaster } from "./upcast/upcaster.ts";
import { ofRecord } from "../store/of-record.ts";
import { forgetInChat } from "../store/telegram-forgotten.ts";
import { type UnitOfWork, unitOf } from "../store/unit-of-work.ts";
import { wordKeysOf } from "../store/word-keys.ts";
import { Sealing } from "./sealing/sealing.ts";
import { UPCASTERS } from "./upcast/upcasters.ts";
import { WordsInJournal } from "./words-in-journal.ts";
import { byTurns, type Parts } from "./parts-of-work.ts";

/** Read at once: a millisecond or two. */
const PORTION = 20;

/** An entry was to be written elsewhere than at the end of its meeting's journal; nothing of it is. */
class JournalOutOfStep extends ServiceError {
  constructor(meeting: MeetingId, seq: number, length: number) {
    super("JOURNAL_OUT_OF_STEP", `meeting ${meeting}: entry ${seq} was to be written, and the next is ${length}`);
  }
}

function holeText(meeting: MeetingId, seq: number): string {
  return `meeting ${meeting}: entry ${seq} is missing, and later ones are there. What came after it cannot be known; run “mindminder restore” with a backup in which the meeting is whole, or leave it: the others go on.`;
}

/**
 * The append-only journal of all meetings: the truth of which everything else is a projection. Nothing in it is
 * rewritten but words that were taken back.
 */
export class Journal {
  /** Unit in which entries are written together with everything else they bring about. */
  readonly unit: UnitOfWork;
  /** Keys by which the words in it are sealed. */
  readonly sealing: Sealing;
  readonly #db: Database.Database;
  readonly #stored: StoredEntries;
  readonly #past: PastMeetingLists;
  readonly #words: WordsInJournal;

  constructor(db: Database.Database, upcasters: readonly Upcaster[] = UPCASTERS) {
    this.#db = db;
    this.unit = unitOf(db);
    this.#stored = new StoredEntries(db, upcasters);
    this.#past = new PastMeetingLists(db, this.#stored, (meeting) => this.lengthOf(meeting));
    this.#words = new WordsInJournal(db, this.#stored);
    this.sealing = new Sealing(db, this.#stored);
  }

  /**
   * Appends all entries or none, `seq` being the place of the first. That of a new meeting, 0, also opens it. Throws
   * `JournalOutOfStep`.
   */
  append(meeting: MeetingId, place: CirclePlace, seq: number, entries: readonly JournalEntry[], at: number): void {
    const length = this.lengthOf(meeting);
    if (seq !== length) throw new JournalOutOfStep(meeting, seq, length);
    const insert = this.#db.prepare(
      "INSERT INTO events (meeting, seq, kind, v, body, words, actor) VALUES (?, ?, ?, ?, ?, ?, ?)",
    );
    const room = roomAt(place);
    this.unit.run(() => {
      if (seq === 0)
        this.#db
          .prepare("INSERT INTO meetings (id, room, ring, started) VALUES (?, ?, ?, ?)")
          .run(meeting, room, ringAt(place), at);
      for (const [i, entry] of entries.entries()) {
        const { kind, v, body, words, actor } = this.#stored.written({ meeting, room, seq: seq + i }, entry);
        insert.run(meeting, seq + i, kind, v, body, words, actor);
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
      for (const table of [
        "events",
        "sealed_words",
        "unsealed",
        "words_taken_back",
        "unwritten",
        "words_leaving",
        "exported_tasks",
      ])
        this.#db.prepare(`DELETE FROM ${table} WHERE meeting = ?`).run(meeting);
      forgetInChat(this.#db, meeting);
      this.#db.prepare("UPDATE recordings SET goes = 1 WHERE meeting = ?").run(meeting);
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

  /**
   * The same, and later meetings of groups whose assembly began before that moment; `until`: those alone that began
   * before this one.
   */
  recordBefore(room: RoomId, moment: number, until = Infinity): MeetingId[] {
    const sql = `SELECT id FROM meetings WHERE room = @room AND started < @until AND ${ofRecord("@moment")}
                 ORDER BY started`;
    return this.#db.prepare(sql).pluck().all({ room, moment, until }) as MeetingId[];
  }

  /** People who may have given words to a meeting. */
  peopleIn(meeting: MeetingId): ParticipantId[] {
    return peopleIn(this.#db, meeting);
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

  /** The same a portion at a time, so that a long meeting holds nobody up. */
  readByAndBy(meeting: MeetingId): Promise<JournalEntry[]> {
    return byTurns(this.reading(meeting));
  }

  /** Entries from a place on, read in parts. */
  *reading(meeting: MeetingId, from = 0): Parts<JournalEntry[]> {
    const entries: JournalEntry[] = [];
    for (;;) {
      const portion = this.#portion(meeting, from + entries.length);
      if (portion.length === 0) return entries;
      entries.push(...portion);
      yield;
    }
  }

  /** Words that were taken back, and all those of somebody, which are to go out of a meeting. */
  get words(): Omit<WordsInJournal, "ofCommand"> {
    return this.#words;
  }

  /** Notes down, within the open unit, that words are to go out of a meeting's entries; and that they are gone. */
  leaving(meeting: MeetingId, isLeft: boolean): void {
    const sql = isLeft
      ? "INSERT OR IGNORE INTO words_leaving (meeting) VALUES (?)"
      : "DELETE FROM words_leaving WHERE meeting = ?";
    this.#db.prepare(sql).run(meeting);
  }

  /** Meetings, of one room or of all, whose entries still hold words that were taken back. */
  withWordsLeaving(room: RoomId | null = null): MeetingId[] {
    const sql = `SELECT meeting FROM words_leaving
                 WHERE @room IS NULL OR meeting IN (SELECT id FROM meetings WHERE room = @room)`;
    return this.#db.prepare(sql).pluck().all({ room }) as MeetingId[];
  }

  /** Words of a command that are left in a journal. */
  commandWords(meeting: MeetingId, message: string): string[] {
    return this.#words.ofCommand(meeting, message);
  }

  /**
   * The meeting of a room to whose record a message belongs: as a comment, as an edit of one, or as a command with
   * words of its own.
   */
  meetingWithMessage(room: RoomId, eventId: EventId): MeetingId | null {
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

  /**
   * Empties the logs beside the database and its keys, so that data overwritten lately is not left there either. False
   * where somebody reads them at this moment: it is to be tried again.
   */
  tidy(): boolean {
    const logs = [emptyLog(this.#db), wordKeysOf(this.#db).tidy()];
    return logs.every((emptied) => emptied);
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
    const hole = rows.findIndex((row, i) => row.seq !== from + i);
    if (hole >= 0) throw new JournalUnreadable(holeText(meeting, from + hole));
    return this.#stored.readAll(meeting, rows);
  }

  roomOf(meeting: MeetingId): RoomId | null {
    const row = this.#db.prepare("SELECT room FROM meetings WHERE id = ?").get(meeting) as { room: RoomId } | undefined;
    return row?.room ?? null;
  }

  /** CirclePlace in which a meeting is, or was; null: it is not known here. */
  placeOf(meeting: MeetingId): CirclePlace | null {
    const row = this.#db.prepare("SELECT room, ring FROM meetings WHERE id = ?").get(meeting);
    return row === undefined ? null : placeOfRow(row as PlaceRow);
  }

  /** Every room that a meeting or an assembly was in. */
  rooms(): RoomId[] {
    const sql = "SELECT room FROM meetings UNION SELECT room FROM assemblies ORDER BY room";
    return this.#db.prepare(sql).pluck().all() as RoomId[];
  }

  /** Meetings of a room that were begun, the newest first. */
  past(room: RoomId): Promise<PastMeeting[]> {
    return this.#past.of(room);
  }

  /** The newest meeting of each place, and all that began after `since`, of all rooms or of one; oldest first. */
  recent(since: number, room: RoomId | null = null): { id: MeetingId; place: CirclePlace }[] {
    const sql = `SELECT id, room, ring FROM meetings AS m WHERE room = COALESCE(@room, room) AND (started >= @since
                 OR rowid = (SELECT rowid FROM meetings WHERE room = m.room AND ring IS m.ring
                             ORDER BY started DESC, rowid DESC LIMIT 1))
                 ORDER BY started, rowid`;
    const rows = this.#db.prepare(sql).all({ since, room }) as (PlaceRow & { id: MeetingId })[];
    return rows.map((row) => ({ id: row.id, place: placeOfRow(row) }));
  }
}

type PlaceRow = { readonly room: RoomId; readonly ring: RingNumber | null };

function placeOfRow({ room, ring }: PlaceRow): CirclePlace {
  return placeIn(room, ring);
}

/** Tells whether, after it, words that stand in the room may have to go. */
export function takesBack({ event }: JournalEntry): boolean {
  return [
    "comment-edited",
    "comment-edit-removed",
    "comment-removed",
    "taken-back",
    "command-taken-back",
    "words-erased",
  ].includes(event.type);
}
