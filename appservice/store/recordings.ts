import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Withdrawal } from "./withdrawals.ts";

const DAY_MS = 24 * 3600_000;
const HAS_THEM = "EXISTS (SELECT 1 FROM json_each(people) WHERE value = ?)";

/** A file in which a call is recorded, or one person of it. */
export type Recording = {
  /** Path in the target. */
  readonly file: string;
  /** Name of the set beside which it lies. */
  readonly target: string;
  readonly room: RoomId;
  readonly meeting: MeetingId;
  /** People whose sound is in it. */
  readonly people: readonly ParticipantId[];
  readonly at: number;
};

/** File that is to be taken away. `target`: null where it is not known. */
export type LeavingFile = { readonly file: string; readonly target: string | null; readonly at: number };

type Row = { readonly room: RoomId; readonly people: string; readonly goes: number };

/** Recordings of calls, from before they are begun until their files are taken away. */
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

  /** Notes a recording, or who else is in one that is known. */
  note({ file, target, room, meeting, people, at }: Recording): void {
    if (this.has(file)) return this.hear(file, people);
    const sql = "INSERT INTO recordings (file, target, room, meeting, people, at) VALUES (?, ?, ?, ?, ?, ?)";
    this.#db.prepare(sql).run(file, target, room, meeting, JSON.stringify(people), at);
  }

  /** Notes people as being in a recording, besides those who are. */
  hear(file: string, people: readonly ParticipantId[]): void {
    const row = this.#row(file);
    if (!row) return;
    const known: ParticipantId[] = JSON.parse(row.people);
    const all = new Set([...known, ...people]);
    if (all.size > known.length)
      this.#db.prepare("UPDATE recordings SET people = ? WHERE file = ?").run(JSON.stringify([...all]), file);
  }

  has(file: string): boolean {
    return this.#row(file) !== undefined;
  }

  /** Tells whether a recording is known, and is not to go. */
  stays(file: string): boolean {
    return this.#row(file)?.goes === 0;
  }

  /** Lets a recording go in which somebody is who does not allow it, or of which it is not known who is in it. */
  letGoUnlessAllowed(file: string, allowing: (room: RoomId) => ReadonlySet<ParticipantId>): void {
    const row = this.#row(file);
    if (!row || row.goes === 1) return;
    const allow = allowing(row.room);
    const people: ParticipantId[] = JSON.parse(row.people);
    if (people.length === 0 || !people.every((who) => allow.has(who)))
      this.#db.prepare("UPDATE recordings SET goes = 1 WHERE file = ?").run(file);
  }

  /**
   * Notes that nothing is to be kept of somebody in a room: their recordings go, also those that others are in. `kept`:
   * meetings of which they stay.
   */
  takeBack(room: RoomId, who: ParticipantId, kept: readonly MeetingId[] = []): void {
    const sql = `UPDATE recordings SET goes = 1 WHERE room = ? AND ${HAS_THEM}
                 AND meeting NOT IN (SELECT value FROM json_each(?))`;
    this.#db.prepare(sql).run(room, who, JSON.stringify(kept));
  }

  /** Applies withdrawals to an older database, which does not know of them. */
  withdraw(withdrawals: readonly Withdrawal[]): void {
    if (this.targets().length === 0) return;
    const ofRoom = this.#db.prepare("UPDATE recordings SET goes = 1 WHERE room = ? AND at <= ?");
    const ofPerson = this.#db.prepare(`UPDATE recordings SET goes = 1 WHERE room = ? AND at <= ? AND ${HAS_THEM}`);
    for (const each of withdrawals) {
      if (each.what === "room") ofRoom.run(each.room, each.at);
      else if (
        each.what === "sound" ||
        each.what === "erasure" ||
        (each.what === "purpose" && each.purpose === "sound")
      )
        ofPerson.run(each.room, each.at, each.who);
    }
  }

  /** Recordings that somebody took back, or that are too old. */
  toRemove(now: number): LeavingFile[] {
    const sql = "SELECT file, target, at FROM recordings WHERE goes = 1 OR at < ?";
    return this.#db.prepare(sql).all(now - this.#days * DAY_MS) as LeavingFile[];
  }

  removed(file: string): void {
    this.#db.prepare("DELETE FROM recordings WHERE file = ?").run(file);
  }

  /** Sets beside which recordings lie, and how many; null: of those it is not known. */
  targets(): { readonly target: string | null; readonly files: number }[] {
    const sql = "SELECT target, COUNT(*) AS files FROM recordings GROUP BY target ORDER BY target";
    return this.#db.prepare(sql).all() as { target: string | null; files: number }[];
  }

  /** Notes where those lie of which it is not known. */
  lieIn(target: string): void {
    this.#db.prepare("UPDATE recordings SET target = ? WHERE target IS NULL").run(target);
  }

  /** Rooms that know that their call is recorded. */
  told(): RoomId[] {
    return this.#db.prepare("SELECT room FROM recordings_told ORDER BY room").pluck().all() as RoomId[];
  }

  tell(room: RoomId, recorded: boolean): void {
    const sql = recorded
      ? "INSERT OR IGNORE INTO recordings_told (room) VALUES (?)"
      : "DELETE FROM recordings_told WHERE room = ?";
    this.#db.prepare(sql).run(room);
  }

  #row(file: string): Row | undefined {
    return this.#db.prepare("SELECT room, people, goes FROM recordings WHERE file = ?").get(file) as Row | undefined;
  }
}
