import type Database from "better-sqlite3";
import { CircleEvent } from "../circle/event.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { RecordEvent } from "./record.ts";

export type JournalEntry =
  | { readonly kind: "circle"; readonly event: CircleEvent }
  | { readonly kind: "record"; readonly event: RecordEvent };

/** The journal of a meeting holds something this version cannot read. */
export class JournalUnreadable extends Error {
  readonly code = "JOURNAL_UNREADABLE";
}

/** The append-only journal of all meetings: the truth of which everything else is a projection. */
export class Journal {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Appends all entries or none. The first entry of a new meeting also opens it. */
  append(meeting: MeetingId, room: RoomId, seq: number, entries: readonly JournalEntry[], at: number): void {
    const insert = this.#db.prepare("INSERT INTO events (meeting, seq, kind, body) VALUES (?, ?, ?, ?)");
    this.#db.transaction(() => {
      if (seq === 0) this.#db.prepare("INSERT INTO meetings (id, room, started) VALUES (?, ?, ?)").run(meeting, room, at);
      for (const [i, entry] of entries.entries()) insert.run(meeting, seq + i, entry.kind, JSON.stringify(entry.event));
    })();
  }

  read(meeting: MeetingId): JournalEntry[] {
    const rows = this.#db.prepare("SELECT seq, kind, body FROM events WHERE meeting = ? ORDER BY seq").all(meeting);
    return (rows as { seq: number; kind: "circle" | "record"; body: string }[]).map(({ seq, kind, body }) => {
      const schema = kind === "circle" ? CircleEvent : RecordEvent;
      const parsed = schema.safeParse(parseJson(body));
      if (!parsed.success) throw new JournalUnreadable(`meeting ${meeting}, entry ${seq}: ${parsed.error.message}`);
      return { kind, event: parsed.data } as JournalEntry;
    });
  }

  /** The newest meeting of each room, and all that began after `since`; oldest first. */
  recent(since: number): { id: MeetingId; room: RoomId }[] {
    const sql = `SELECT id, room FROM meetings AS m WHERE started >= ?
                 OR rowid = (SELECT rowid FROM meetings WHERE room = m.room ORDER BY started DESC, rowid DESC LIMIT 1)
                 ORDER BY started, rowid`;
    return this.#db.prepare(sql).all(since) as { id: MeetingId; room: RoomId }[];
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
