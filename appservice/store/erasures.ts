import type Database from "better-sqlite3";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { OF_ERASURE } from "./of-record.ts";

/** Wish that nothing be left of what somebody said and wrote in a room until a moment. */
export type Erasure = {
  readonly room: RoomId;
  readonly who: ParticipantId;
  readonly at: number;
  /**
   * Moment by which began what it is of; left out: `at`. A record that is erased whole goes on until it ends, and
   * what began meanwhile stays.
   */
  readonly begun?: number;
};

/** An erasure as it is read: both moments are known. */
export type KnownErasure = Required<Erasure>;

const COLUMNS = "room, who, at, begun";

/** Erasures that were asked for; each is known from then on, so that no older data brings the words back. */
export class Erasures {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /**
   * Notes one down. False where it is known already, or one that comprises it. `tells`: its person, who asked for it,
   * is told when it is done.
   */
  note({ room, who, at, begun = at }: Erasure, tells = false): boolean {
    const named = { room, who, at, begun };
    const comprising = "SELECT 1 FROM erasures WHERE room = @room AND who = @who AND at >= @at AND begun >= @begun";
    if (this.#db.prepare(comprising).get(named) !== undefined) return false;
    // Tells those, too, who asked for one of these and were not told yet.
    const comprised = `DELETE FROM erasures WHERE room = @room AND who = @who AND at <= @at AND begun <= @begun
                       RETURNING tells`;
    const insert = "INSERT INTO erasures (room, who, at, begun, tells) VALUES (@room, @who, @at, @begun, @tells)";
    this.#db.transaction(() => {
      const told = this.#db.prepare(comprised).pluck().all(named) as number[];
      this.#db.prepare(insert).run({ ...named, tells: Math.max(Number(tells), ...told) });
    })();
    return true;
  }

  /** Erasures that are done and whose people are to be told so, the oldest first. */
  untold(): KnownErasure[] {
    const sql = `SELECT ${COLUMNS} FROM erasures WHERE done_at IS NOT NULL AND tells = 1 ORDER BY done_at`;
    return this.#db.prepare(sql).all() as KnownErasure[];
  }

  told({ room, who, at, begun = at }: Erasure): void {
    const sql = "UPDATE erasures SET tells = 0 WHERE room = ? AND who = ? AND at = ? AND begun = ?";
    this.#db.prepare(sql).run(room, who, at, begun);
  }

  /** Erasures that are not done, the oldest first. */
  pending(): KnownErasure[] {
    return this.#db
      .prepare(`SELECT ${COLUMNS} FROM erasures WHERE done_at IS NULL ORDER BY at`)
      .all() as KnownErasure[];
  }

  done({ room, who, at, begun = at }: Erasure, now: number): void {
    const sql = "UPDATE erasures SET done_at = ? WHERE room = ? AND who = ? AND at = ? AND begun = ?";
    this.#db.prepare(sql).run(now, room, who, at, begun);
  }

  /** Tells whether such an erasure, or one that comprises it, is done. */
  isDone({ room, who, at, begun = at }: Erasure): boolean {
    const sql = "SELECT 1 FROM erasures WHERE room = ? AND who = ? AND at >= ? AND begun >= ? AND done_at IS NOT NULL";
    return this.#db.prepare(sql).get(room, who, at, begun) !== undefined;
  }

  /** People who were erased in a room from a moment on. */
  since(room: RoomId, at: number): ParticipantId[] {
    const sql = "SELECT DISTINCT who FROM erasures WHERE room = ? AND at >= ?";
    return this.#db.prepare(sql).pluck().all(room, at) as ParticipantId[];
  }

  /** Tells whether an answer that somebody gave in a room at a moment is not to be kept any more. */
  covers(room: RoomId, who: ParticipantId, moment: number): boolean {
    const sql = "SELECT 1 FROM erasures WHERE room = ? AND who = ? AND begun >= ?";
    return this.#db.prepare(sql).get(room, who, moment) !== undefined;
  }

  /** The same of what they said in a meeting. */
  coversIn(meeting: MeetingId, who: ParticipantId, moment: number): boolean {
    const sql = `SELECT 1 FROM erasures JOIN meetings USING (room)
                 WHERE id = ? AND who = ? AND at >= ? AND ${OF_ERASURE}`;
    return this.#db.prepare(sql).get(meeting, who, moment) !== undefined;
  }
}
