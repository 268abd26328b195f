import type Database from "better-sqlite3";
import type { Door } from "../protocol/actor.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";

/** Uses of somebody's words that are noted down: a record read or taken away as a file, sound played, data fetched. */
export type AccessKind = "read" | "export" | "sound" | "own-data";

/** One day on which somebody, or the admin (`who` null), saw a meeting's record; `meeting` null: more than one. */
export type RecordAccess = {
  readonly room: RoomId;
  readonly meeting: MeetingId | null;
  readonly who: ParticipantId | null;
  readonly door: Door | "admin";
  readonly what: AccessKind;
};
export type NotedAccess = RecordAccess & { readonly at: number; readonly times: number };

const DAY_MS = 24 * 3600_000;
const KEPT_FOR_MS = 400 * DAY_MS;
/** Reading the record of a meeting that goes on is asked for every second; it is noted once in so long. */
const SAME_READING_MS = 10 * 60_000;
/** More people than read at the same time. */
const MOST_REMEMBERED = 5_000;

/**
 * Notes of who read, heard or exported what, by days: so that it can be shown to those whose words they are, and to an admin.
 */
export class Accesses {
  readonly #db: Database.Database;
  readonly #noted = new Map<string, number>();

  constructor(db: Database.Database) {
    this.#db = db;
  }

  note({ room, meeting, who, door, what }: RecordAccess, at: number): void {
    const day = Math.floor(at / DAY_MS);
    const key = JSON.stringify([room, meeting, who, door, what]);
    if (what !== "export" && at - (this.#noted.get(key) ?? -Infinity) < SAME_READING_MS) return;
    if (this.#noted.size >= MOST_REMEMBERED) this.#noted.clear();
    this.#noted.set(key, at);
    this.#db
      .prepare(
        `INSERT INTO accesses (room, meeting, who, door, what, day, at, times) VALUES (?, ?, ?, ?, ?, ?, ?, 1)
         ON CONFLICT (room, meeting, who, door, what, day) DO UPDATE SET times = times + 1, at = excluded.at`,
      )
      .run(room, meeting ?? "", who ?? "", door, what, day, at);
  }

  /** All that is known of a room, the newest first. */
  of(room: RoomId): NotedAccess[] {
    const sql = `SELECT room, NULLIF(meeting, '') AS meeting, NULLIF(who, '') AS who, door, what, at, times
                 FROM accesses WHERE room = ? ORDER BY at DESC`;
    return this.#db.prepare(sql).all(room) as NotedAccess[];
  }

  forgetOld(now: number): void {
    this.#db.prepare("DELETE FROM accesses WHERE day < ?").run(Math.floor((now - KEPT_FOR_MS) / DAY_MS));
  }
}
