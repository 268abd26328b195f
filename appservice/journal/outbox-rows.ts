import type Database from "better-sqlite3";
import type { EventId } from "../protocol/identity.ts";
import { type OutboxRow, STAYS_AWAY, type StoredName } from "./outbox-row.ts";
import { parsePostKey } from "./parse-post-key.ts";
import type { Post, PostName } from "./post.ts";
import { formatPostKey } from "./post-key.ts";
import { formatScope, parseScope } from "./scope.ts";
import { SealedPosts, type StoredContent } from "./sealing/sealed-posts.ts";

/** Rows of the outbox, a message each. */
export class OutboxRows {
  readonly #db: Database.Database;
  readonly #sealed: SealedPosts;

  constructor(db: Database.Database) {
    [this.#db, this.#sealed] = [db, new SealedPosts(db)];
  }

  get({ scope, key }: StoredName): OutboxRow | undefined {
    const row = this.#db.prepare("SELECT * FROM outbox WHERE scope = ? AND key = ?").get(scope, key);
    return row === undefined ? undefined : this.#sealed.open(row as OutboxRow);
  }

  /** Content as it is kept. */
  sealed(post: Pick<Post, "room" | "rests">, name: StoredName, content: string): StoredContent {
    return this.#sealed.put(name, post.room, post.rests ?? null, content);
  }

  eventOf(name: StoredName): EventId | null {
    const sql = "SELECT event_id FROM outbox WHERE scope = ? AND key = ?";
    const row = this.#db.prepare(sql).get(name.scope, name.key) as Pick<OutboxRow, "event_id"> | undefined;
    return row?.event_id ?? null;
  }

  /** Messages and reactions in the thread of a message, in the order of wanting, but for those that stay away. */
  inThreadOf({ scope, key }: StoredName): Pick<OutboxRow, "key" | "room" | "type" | "event_id">[] {
    const sql = `SELECT key, room, type, event_id FROM outbox
                 WHERE scope = ? AND thread = ? AND held <> ${STAYS_AWAY} ORDER BY position`;
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
