import type Database from "better-sqlite3";
import type { RoomId } from "../protocol/identity.ts";

/** What has to be remembered of a room besides its meetings. */
export class KnownRooms {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** True the first time it is asked since the bot came into the room. */
  firstGreeting(room: RoomId): boolean {
    return this.#db.prepare("INSERT INTO rooms (room, greeted) VALUES (?, 1) ON CONFLICT (room) DO NOTHING").run(room).changes > 0;
  }

  forget(room: RoomId): void {
    this.#db.prepare("DELETE FROM rooms WHERE room = ?").run(room);
  }
}
