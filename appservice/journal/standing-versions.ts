import type Database from "better-sqlite3";
import type { EventId, RoomId } from "../protocol/identity.ts";
import { LastUsed } from "./last-used.ts";
import { parsePostKey } from "./parse-post-key.ts";
import { formatPostKey, type PostKey } from "./post-key.ts";
import { formatScope, parseScope, type Scope } from "./scope.ts";
import type { StreamId } from "./stream-id.ts";
import { unitOf } from "../store/unit-of-work.ts";

/** Among the ids on whose words a message rests: it may be anybody's. */
export const EVERYTHING = "*";

/** Words on which a message rests: ids of what was said or typed in a meeting, or of people who gave to an assembly. */
export type Rests = { readonly meeting: StreamId; readonly ids: readonly string[] };

/**
 * A message of the bot's, or an edit of one, as it stands in a room. `known`: how often words had been taken back when
 * it was written.
 */
export type Version = {
  readonly eventId: EventId;
  readonly room: RoomId;
  readonly scope: Scope;
  readonly key: PostKey;
  readonly revision: number;
  readonly rests: Rests;
  readonly known: number;
};

type Row = {
  event_id: EventId;
  room: RoomId;
  scope: string;
  key: string;
  revision: number;
  meeting: StreamId;
  ids: string;
  known: number;
};

const MOST_MEETINGS = 50;

/**
 * Versions of the bot's messages, and whose words they hold: an edit leaves earlier versions to everybody who looks for
 * them, so they are taken away by name.
 */
export class StandingVersions {
  readonly #db: Database.Database;
  readonly #gone = new LastUsed<StreamId, readonly string[]>(MOST_MEETINGS);

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Learns what was taken back in a meeting, from the first time on. True where some of it is new. */
  learn(meeting: StreamId, takenBack: readonly string[]): boolean {
    if (this.goneOf(meeting).length >= takenBack.length) return false;
    const insert = this.#db.prepare("INSERT OR IGNORE INTO words_taken_back (meeting, n, id) VALUES (?, ?, ?)");
    const unit = unitOf(this.#db);
    unit.run(() => {
      for (const [n, id] of takenBack.entries()) insert.run(meeting, n, id);
    });
    this.#gone.keep(meeting, [...takenBack]);
    unit.onRollback(() => this.#gone.forget(meeting));
    return true;
  }

  /** Forgets what is in memory: rows of a room came from another service. */
  readAnew(): void {
    this.#gone.clear();
  }

  goneOf(meeting: StreamId): readonly string[] {
    const known = this.#gone.get(meeting);
    if (known) return known;
    const rows = this.#db.prepare("SELECT id FROM words_taken_back WHERE meeting = ? ORDER BY n").all(meeting) as {
      id: string;
    }[];
    return this.#gone.keep(
      meeting,
      rows.map(({ id }) => id),
    );
  }

  stands({ eventId, room, scope, key, revision, rests: { meeting, ids }, known }: Version): void {
    const sql =
      "INSERT OR REPLACE INTO versions (event_id, room, scope, key, revision, meeting, ids, known) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    this.#db
      .prepare(sql)
      .run(eventId, room, formatScope(scope), formatPostKey(key), revision, meeting, JSON.stringify(ids), known);
  }

  /** Versions of one message that hold words which were taken back since. */
  outlivedOf({ scope, key }: { readonly scope: string; readonly key: string }): Version[] {
    return this.#outlived("scope = ? AND key = ?", scope, key);
  }

  /** The same of all messages of a meeting, and of all that speak of it elsewhere. */
  outlivedIn(meeting: StreamId): Version[] {
    return this.#outlived("scope = ? OR meeting = ?", meeting, meeting);
  }

  #outlived(where: string, ...values: readonly string[]): Version[] {
    const sql = `SELECT * FROM versions WHERE goes = 0 AND (${where}) AND known < (SELECT COUNT(*) FROM words_taken_back AS back WHERE back.meeting = versions.meeting)`;
    const rows = this.#db.prepare(sql).all(...values) as Row[];
    return rows.map(versionOf).filter((version) => this.isOutlived(version));
  }

  /** Tells whether it holds words that were taken back after it was written. */
  isOutlived({ rests: { meeting, ids }, known }: Pick<Version, "rests" | "known">): boolean {
    const since = this.goneOf(meeting).slice(known);
    return since.length > 0 && (ids.includes(EVERYTHING) || since.some((id) => ids.includes(id)));
  }

  /** Notes that a version, as it stands, holds none of the first `known` words that were taken back. */
  holdsNone(eventId: EventId, known: number): void {
    this.#db.prepare("UPDATE versions SET known = ? WHERE event_id = ?").run(known, eventId);
  }

  /** Marks a version to be taken away. It need not be known to hold words. */
  goes({ eventId, room, scope, key }: Pick<Version, "eventId" | "room" | "scope" | "key">): void {
    const sql = `INSERT INTO versions (event_id, room, scope, key, revision, meeting, ids, known, goes) VALUES (?, ?, ?, ?, 0, '', '[]', 0, 1)
                 ON CONFLICT (event_id) DO UPDATE SET goes = 1`;
    this.#db.prepare(sql).run(eventId, room, formatScope(scope), formatPostKey(key));
  }

  /** Marks all versions that rest on words in a meeting or an assembly to be taken away. */
  allGo(stream: StreamId): void {
    this.#db.prepare("UPDATE versions SET goes = 1 WHERE meeting = ?").run(stream);
  }

  nextToGo(room: RoomId): { readonly eventId: EventId; readonly key: PostKey } | null {
    const sql = "SELECT event_id AS eventId, key FROM versions WHERE room = ? AND goes = 1 AND held = 0 LIMIT 1";
    const row = this.#db.prepare(sql).get(room) as { eventId: EventId; key: string } | undefined;
    return row ? { eventId: row.eventId, key: parsePostKey(row.key) } : null;
  }

  went(eventId: EventId): void {
    this.#db.prepare("DELETE FROM versions WHERE event_id = ?").run(eventId);
  }

  roomsWithGoing(): RoomId[] {
    return (
      this.#db.prepare("SELECT DISTINCT room FROM versions WHERE goes = 1 AND held = 0").all() as { room: RoomId }[]
    ).map(({ room }) => room);
  }

  hold(room: RoomId): void {
    this.#db.prepare("UPDATE versions SET held = 1 WHERE room = ? AND goes = 1").run(room);
  }

  holdOne(eventId: EventId): void {
    this.#db.prepare("UPDATE versions SET held = 1 WHERE event_id = ?").run(eventId);
  }

  release(room: RoomId | null): void {
    this.#db.prepare("UPDATE versions SET held = 0 WHERE held = 1 AND room = COALESCE(?, room)").run(room);
  }
}

function versionOf({ event_id: eventId, room, scope, key, revision, meeting, ids, known }: Row): Version {
  const rests = { meeting, ids: JSON.parse(ids) as string[] };
  return { eventId, room, scope: parseScope(scope), key: parsePostKey(key), revision, rests, known };
}
