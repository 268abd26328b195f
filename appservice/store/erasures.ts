import type Database from "better-sqlite3";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";

/** Wish that nothing be left of what somebody said and wrote in a room until a moment. */
export type Erasure = { readonly room: RoomId; readonly who: ParticipantId; readonly at: number };

/** Erasures that were asked for; each is known from then on, so that no older data brings the words back. */
export class Erasures {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /**
   * Notes one down. False where it is known already. `tells`: its person, who asked for it, is told when it is done.
   */
  note({ room, who, at }: Erasure, tells = false): boolean {
    const sql = `INSERT INTO erasures (room, who, at, tells) VALUES (?, ?, ?, ?)
                 ON CONFLICT (room, who) DO UPDATE SET at = excluded.at, done_at = NULL, tells = excluded.tells
                 WHERE excluded.at > at`;
    return this.#db.prepare(sql).run(room, who, at, Number(tells)).changes > 0;
  }

  /** Erasures that are done and whose people are to be told so, the oldest first. */
  untold(): Erasure[] {
    const sql = "SELECT room, who, at FROM erasures WHERE done_at IS NOT NULL AND tells = 1 ORDER BY done_at";
    return this.#db.prepare(sql).all() as Erasure[];
  }

  told({ room, who, at }: Erasure): void {
    this.#db.prepare("UPDATE erasures SET tells = 0 WHERE room = ? AND who = ? AND at = ?").run(room, who, at);
  }

  /** Erasures that are not done, the oldest first. */
  pending(): Erasure[] {
    return this.#db.prepare("SELECT room, who, at FROM erasures WHERE done_at IS NULL ORDER BY at").all() as Erasure[];
  }

  done({ room, who, at }: Erasure, now: number): void {
    this.#db.prepare("UPDATE erasures SET done_at = ? WHERE room = ? AND who = ? AND at = ?").run(now, room, who, at);
  }

  /** Tells whether such an erasure, or a later one, is done. */
  isDone({ room, who, at }: Erasure): boolean {
    const sql = "SELECT 1 FROM erasures WHERE room = ? AND who = ? AND at >= ? AND done_at IS NOT NULL";
    return this.#db.prepare(sql).get(room, who, at) !== undefined;
  }

  /** People who were erased in a room from a moment on. */
  since(room: RoomId, at: number): ParticipantId[] {
    const sql = "SELECT DISTINCT who FROM erasures WHERE room = ? AND at >= ?";
    return this.#db.prepare(sql).pluck().all(room, at) as ParticipantId[];
  }

  /** Tells whether what somebody said at a moment is not to be kept any more. */
  covers(room: RoomId, who: ParticipantId, moment: number): boolean {
    return (
      this.#db.prepare("SELECT 1 FROM erasures WHERE room = ? AND who = ? AND at >= ?").get(room, who, moment) !==
      undefined
    );
  }
}
