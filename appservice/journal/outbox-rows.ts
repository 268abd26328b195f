import type Database from "better-sqlite3";
import type { EventId, RoomId } from "../protocol/identity.ts";
import { parsePostKey } from "./parse-post-key.ts";
import type { Post, PostName } from "./post.ts";
import { formatPostKey } from "./post-key.ts";
import { formatScope, parseScope } from "./scope.ts";

/** Name as the database spells it. */
export type StoredName = { readonly scope: string; readonly key: string };

export type OutboxRow = StoredName & {
  room: RoomId;
  thread: string | null;
  type: Post["type"];
  content: string;
  revision: number;
  sent_revision: number;
  event_id: EventId | null;
  flight_revision: number | null;
  flight_content: string | null;
  mentioned: string | null;
  rests: string | null;
  known: number;
  flight_rests: string | null;
  flight_known: number;
  again: number;
};

/** Rows of the outbox, a message each. */
export class OutboxRows {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  get({ scope, key }: StoredName): OutboxRow | undefined {
    return this.#db.prepare("SELECT * FROM outbox WHERE scope = ? AND key = ?").get(scope, key) as
      | OutboxRow
      | undefined;
  }

  eventOf(name: StoredName): EventId | null {
    return this.get(name)?.event_id ?? null;
  }

  /** Messages and reactions in the thread of a message, in the order of wanting. */
  inThreadOf({ scope, key }: StoredName): OutboxRow[] {
    const sql = "SELECT * FROM outbox WHERE scope = ? AND thread = ? ORDER BY position";
    return this.#db.prepare(sql).all(scope, key) as OutboxRow[];
  }

  /** Event of the message that was sent last in a thread. */
  latestIn({ scope, key }: StoredName): string | null {
    const sql =
      "SELECT event_id FROM outbox WHERE scope = ? AND thread = ? AND event_id IS NOT NULL AND type = 'm.room.message' ORDER BY sent_at DESC, position DESC LIMIT 1";
    return (this.#db.prepare(sql).get(scope, key) as { event_id: EventId } | undefined)?.event_id ?? null;
  }
}

export function storedName({ scope, key }: PostName): StoredName {
  return { scope: formatScope(scope), key: formatPostKey(key) };
}

export function parsedName({ scope, key }: StoredName): PostName {
  return { scope: parseScope(scope), key: parsePostKey(key) };
}
