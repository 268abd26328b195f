import type Database from "better-sqlite3";
import { EventVersions } from "../journal/event-versions.ts";
import { JournalUnreadable } from "../journal/stored-entries.ts";
import type { StoredEvent } from "../journal/upcast/upcaster.ts";
import { unitOf } from "../store/unit-of-work.ts";
import type { RoomId } from "../protocol/identity.ts";
import { PurposeEvent } from "./event.ts";
import { PURPOSE_UPCASTERS } from "./upcasters.ts";

type Row = { readonly seq: number; readonly v: number; readonly body: string };

/** Journal of what people of each room allow: it goes on from meeting to meeting. Append-only. */
export class PurposeJournal {
  readonly #db: Database.Database;
  readonly #versions = new EventVersions(PURPOSE_UPCASTERS);

  constructor(db: Database.Database) {
    this.#db = db;
  }

  append(room: RoomId, events: readonly PurposeEvent[]): void {
    const next = this.#db.prepare("SELECT COALESCE(MAX(seq), -1) + 1 FROM purpose_events WHERE room = ?").pluck();
    const insert = this.#db.prepare("INSERT INTO purpose_events (room, seq, v, body) VALUES (?, ?, ?, ?)");
    unitOf(this.#db).run(() => {
      for (const event of events)
        insert.run(room, next.get(room), this.#versions.presentOf("room", event.type), JSON.stringify(event));
    });
  }

  /** Number of a room's entries. */
  lengthOf(room: RoomId): number {
    const sql = "SELECT COALESCE(MAX(seq), -1) + 1 FROM purpose_events WHERE room = ?";
    return Number(this.#db.prepare(sql).pluck().get(room));
  }

  /**
   * Entries of a room from a place on, so many; left out: all. Throws `JournalUnreadable`: a no that cannot be read
   * must not become a yes.
   */
  read(room: RoomId, from = 0, most = Number.MAX_SAFE_INTEGER): PurposeEvent[] {
    const sql = "SELECT seq, v, body FROM purpose_events WHERE room = ? AND seq >= ? ORDER BY seq LIMIT ?";
    return (this.#db.prepare(sql).all(room, from, most) as Row[]).map(({ seq, v, body }) => {
      const stored: StoredEvent = JSON.parse(body);
      const parsed = PurposeEvent.safeParse(this.#versions.upcast("room", v, stored));
      if (!parsed.success)
        throw new JournalUnreadable(`purposes of ${room}, entry ${seq} (version ${v}): ${parsed.error.message}`);
      return parsed.data;
    });
  }

  rooms(): RoomId[] {
    return this.#db.prepare("SELECT DISTINCT room FROM purpose_events ORDER BY room").pluck().all() as RoomId[];
  }
}
