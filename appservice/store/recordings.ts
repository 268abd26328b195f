import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";

const DAY_MS = 24 * 3600_000;

/** A file in which a call was recorded, or one person of it. */
export type Recording = {
  /** Name by which Egress knows it. */
  readonly id: string;
  readonly room: RoomId;
  readonly meeting: MeetingId;
  /** Path in the target. */
  readonly file: string;
  /** People whose sound is in it. */
  readonly people: readonly ParticipantId[];
  readonly at: number;
};

/** Recordings of calls that were begun, until their files are taken away. */
export class Recordings {
  readonly #db: Database.Database;
  readonly #days: number;

  /** `days`: for how long they are kept. */
  constructor(db: Database.Database, days: number) {
    [this.#db, this.#days] = [db, days];
  }

  /** Name of a file that says nothing of whose it is. */
  nameFor(who: ParticipantId | null, at: number): string {
    return `${at}-${who === null ? "call" : createHash("sha256").update(who).digest("hex").slice(0, 16)}`;
  }

  note({ id, room, meeting, file, people, at }: Recording): void {
    const sql = "INSERT OR IGNORE INTO recordings (id, room, meeting, file, people, at) VALUES (?, ?, ?, ?, ?, ?)";
    this.#db.prepare(sql).run(id, room, meeting, file, JSON.stringify(people), at);
  }

  /** Notes that nothing is to be kept of somebody in a room: their recordings go, also those that others are in. */
  takeBack(room: RoomId, who: ParticipantId): void {
    const sql = `UPDATE recordings SET goes = 1
                 WHERE room = ? AND EXISTS (SELECT 1 FROM json_each(people) WHERE value = ?)`;
    this.#db.prepare(sql).run(room, who);
  }

  /** Recordings that somebody took back, or that are too old. */
  toRemove(now: number): { readonly id: string; readonly file: string }[] {
    const sql = "SELECT id, file FROM recordings WHERE goes = 1 OR at < ?";
    return this.#db.prepare(sql).all(now - this.#days * DAY_MS) as { id: string; file: string }[];
  }

  removed(id: string): void {
    this.#db.prepare("DELETE FROM recordings WHERE id = ?").run(id);
  }
}
