import type Database from "better-sqlite3";
import type { EventId, ParticipantId, RoomId } from "../protocol/identity.ts";

/**
 * Change to somebody's membership, or to the visibility of the room's history (`who` is null), which holds from a
 * moment on.
 */
export type RoomChange = {
  readonly at: number;
  readonly who: ParticipantId | null;
  readonly value: string;
  readonly eventId: EventId | null;
};

/**
 * Members of a room and the visibility of its history, at any time. Kept by the service's own clock, since an event's
 * date is its sender's word.
 */
export class RoomPast {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Notes changes down; values that hold already are not written again. */
  note(room: RoomId, changes: readonly RoomChange[]): void {
    const insert = this.#db.prepare(
      "INSERT OR IGNORE INTO room_past (room, at, who, value, event_id) VALUES (?, ?, ?, ?, ?)",
    );
    this.#db.transaction(() => {
      for (const { at, who, value, eventId } of changes) {
        if (this.#last(room, who, at) !== value) insert.run(room, at, who ?? "", value, eventId);
      }
    })();
  }

  /** Tells whether the past from before this service began to note it down is known, too. */
  isWhole(room: RoomId): boolean {
    return this.#db.prepare("SELECT 1 FROM rooms_read_back WHERE room = ?").get(room) !== undefined;
  }

  whole(room: RoomId): void {
    this.#db.prepare("INSERT OR IGNORE INTO rooms_read_back (room) VALUES (?)").run(room);
  }

  /** Changes of the room that can matter to one person, the oldest first. */
  of(room: RoomId, who: ParticipantId): RoomChange[] {
    const sql =
      "SELECT at, NULLIF(who, '') AS who, value, event_id AS eventId FROM room_past WHERE room = ? AND who IN ('', ?) ORDER BY at, rowid";
    return this.#db.prepare(sql).all(room, who) as RoomChange[];
  }

  /** Values that hold now, of everybody who ever was in it. */
  now(room: RoomId): Map<ParticipantId | null, string> {
    const rows = this.#db
      .prepare("SELECT NULLIF(who, '') AS who, value FROM room_past WHERE room = ? ORDER BY at, rowid")
      .all(room);
    return new Map((rows as { who: ParticipantId | null; value: string }[]).map(({ who, value }) => [who, value]));
  }

  #last(room: RoomId, who: ParticipantId | null, at: number): string | undefined {
    const sql =
      "SELECT value FROM room_past WHERE room = ? AND who = ? AND at <= ? ORDER BY at DESC, rowid DESC LIMIT 1";
    return (this.#db.prepare(sql).get(room, who ?? "", at) as { value: string } | undefined)?.value;
  }
}
