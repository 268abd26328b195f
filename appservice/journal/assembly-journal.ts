import type Database from "better-sqlite3";
import { guestsIdOf } from "../assembly/assembly.ts";
import type { AssemblyEvent } from "../assembly/event.ts";
import type { AssemblyId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { emptyLog } from "../store/database.ts";
import { inEntry, TYPE_OF_ENTRY } from "../store/migrations/entry-values.ts";
import { forgetInChat } from "../store/telegram-forgotten.ts";
import { unitOf } from "../store/unit-of-work.ts";
import { AssemblyWords } from "./assembly-words.ts";
import { byTurns, type Parts } from "./parts-of-work.ts";
import { postsOfAssembly } from "./post-key.ts";
import { JournalUnreadable } from "./stored-entries.ts";
import { EVERYTHING } from "./standing-versions.ts";
import { ASSEMBLY_EVENTS, type StoredAssemblyEvent, StoredAssemblyEvents } from "./stored-assembly-events.ts";

/** Read at once: a millisecond or two. */
const PORTION = 50;

/**
 * People named by events as who took part, or who gave words; and those on whose words messages rest: what named them
 * may be unreadable.
 */
const NAMING = `SELECT COALESCE(${inEntry("who")}, ${inEntry("by")}) FROM assembly_events
  WHERE assembly = $id AND ${TYPE_OF_ENTRY}
    IN ('member-joined', 'actor-named', 'assembly-started', 'words-told', 'topic-proposed')
  UNION SELECT value FROM versions, json_each(ids) WHERE meeting = $id AND value <> '${EVERYTHING}'`;

/** Journal of assemblies, each a stream beside its rings' meetings. Append-only but for words that are erased. */
export class AssemblyJournal {
  readonly words: AssemblyWords;
  readonly #db: Database.Database;
  readonly #stored: StoredAssemblyEvents;

  constructor(db: Database.Database) {
    [this.#db, this.#stored] = [db, new StoredAssemblyEvents(db)];
    this.words = new AssemblyWords(db, this.#stored);
  }

  /** Appends all events or none. The first of an assembly also opens it. */
  append(id: AssemblyId, room: RoomId, events: readonly AssemblyEvent[]): void {
    const next = this.#db.prepare("SELECT COALESCE(MAX(seq), -1) + 1 FROM assembly_events WHERE assembly = ?").pluck();
    unitOf(this.#db).run(() => {
      for (const event of events) {
        if (event.type === "assembly-gathered")
          this.#db.prepare("INSERT INTO assemblies (id, room, opened) VALUES (?, ?, ?)").run(id, room, event.at);
        this.#stored.add({ id, room, seq: next.get(id) as number }, event);
      }
    });
  }

  /** Throws `JournalUnreadable`. */
  read(id: AssemblyId): AssemblyEvent[] {
    const rows = this.#db.prepare(`${ASSEMBLY_EVENTS} WHERE assembly = ? ORDER BY seq`).all(id);
    return (rows as StoredAssemblyEvent[]).map((row) => this.#stored.read(id, row));
  }

  /** The same a portion at a time, so that a long assembly holds nobody up. */
  readByAndBy(id: AssemblyId): Promise<AssemblyEvent[]> {
    return byTurns(this.#reading(id));
  }

  /** The same for those who pass over an assembly that cannot be read: null. */
  async readableByAndBy(id: AssemblyId): Promise<AssemblyEvent[] | null> {
    try {
      return await this.readByAndBy(id);
    } catch (error) {
      if (error instanceof JournalUnreadable) return null;
      throw error;
    }
  }

  *#reading(id: AssemblyId): Parts<AssemblyEvent[]> {
    const portion = this.#db.prepare(
      `${ASSEMBLY_EVENTS} WHERE assembly = ? AND seq >= ? ORDER BY seq LIMIT ${PORTION}`,
    );
    const events: AssemblyEvent[] = [];
    for (;;) {
      const rows = portion.all(id, events.length) as StoredAssemblyEvent[];
      if (rows.length === 0) return events;
      events.push(...rows.map((row) => this.#stored.read(id, row)));
      yield;
    }
  }

  /** The newest assembly of each room. */
  newest(): { readonly id: AssemblyId; readonly room: RoomId }[] {
    const sql = `SELECT id, room FROM assemblies AS a
                 WHERE rowid = (SELECT rowid FROM assemblies WHERE room = a.room ORDER BY opened DESC, rowid DESC LIMIT 1)`;
    return this.#db.prepare(sql).all() as { id: AssemblyId; room: RoomId }[];
  }

  /** Tells whether an assembly is in the journal, whether it can be read or not. */
  isKept(id: AssemblyId): boolean {
    return this.#db.prepare("SELECT 1 FROM assemblies WHERE id = ?").get(id) !== undefined;
  }

  /** Assemblies of a room that were opened before a moment. */
  begunBefore(room: RoomId, moment: number): AssemblyId[] {
    const sql = "SELECT id FROM assemblies WHERE room = ? AND opened < ? ORDER BY opened";
    return this.#db.prepare(sql).pluck().all(room, moment) as AssemblyId[];
  }

  /** People who may have given words to an assembly, or in its rings. */
  peopleIn(id: AssemblyId): ParticipantId[] {
    return this.#db.prepare(NAMING).pluck().all({ id }) as ParticipantId[];
  }

  /** People whose words were erased, in order, also of an assembly that cannot be read. */
  erasedIn(id: AssemblyId): ParticipantId[] {
    const sql = `SELECT ${inEntry("who")} FROM assembly_events WHERE assembly = ? AND ${TYPE_OF_ENTRY} = 'words-erased'
                 ORDER BY seq`;
    return this.#db.prepare(sql).pluck().all(id) as ParticipantId[];
  }

  /** Tells whether all that somebody gave to an assembly was erased at a moment or later. */
  isErased(id: AssemblyId, who: ParticipantId, since: number): boolean {
    const sql = `SELECT 1 FROM assembly_events WHERE assembly = ? AND ${TYPE_OF_ENTRY} = 'words-erased'
                 AND ${inEntry("who")} = ? AND ${inEntry("at")} >= ?`;
    return this.#db.prepare(sql).get(id, who, since) !== undefined;
  }

  /** Forgets an assembly: nothing of its events, and of its messages in the room. */
  forget(id: AssemblyId, room: RoomId): void {
    const unit = unitOf(this.#db);
    unit.run(() => {
      for (const name of postsOfAssembly(id))
        this.#db.prepare("DELETE FROM outbox WHERE scope = ? AND key GLOB ?").run(room, name);
      this.#db.prepare("DELETE FROM versions WHERE goes = 0 AND meeting = ?").run(id);
      for (const table of ["sealed_words", "words_taken_back"])
        this.#db.prepare(`DELETE FROM ${table} WHERE meeting = ?`).run(id);
      forgetInChat(this.#db, guestsIdOf({ id }));
      for (const table of ["unsealed_assemblies", "assembly_events"])
        this.#db.prepare(`DELETE FROM ${table} WHERE assembly = ?`).run(id);
      this.#db.prepare("DELETE FROM assemblies WHERE id = ?").run(id);
    });
    unit.afterCommit(() => emptyLog(this.#db));
  }
}
