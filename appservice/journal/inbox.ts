import type Database from "better-sqlite3";
import { z } from "zod";
import { EventId } from "../protocol/identity.ts";
import { mended } from "../protocol/well-formed.ts";
import { unitOf } from "../store/unit-of-work.ts";

const name = z.string().min(1).max(255);

/** An event as the homeserver sent it, before anybody has looked into it. */
export const RawEvent = z.looseObject({ event_id: EventId, type: name, room_id: name });
export type RawEvent = z.infer<typeof RawEvent>;

const KEPT_FOR_MS = 7 * 24 * 3600_000;
/** Forgotten at once; sixty times as many come in an hour. */
const PORTION = 1_000;

/**
 * Events from the homeserver. They are written here before their transaction is acknowledged, so a crash loses none,
 * and remembered by their id, so a transaction that comes again (or under a number used before) does nothing twice.
 */
export class Inbox {
  readonly #db: Database.Database;
  /** Events that are taken up again though an earlier try has kept their outcome. */
  readonly #kept = new Set<EventId>();

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Takes in events and returns those that are new. */
  receive(events: readonly RawEvent[], at: number): RawEvent[] {
    const insert = this.#db.prepare("INSERT OR IGNORE INTO inbox (event_id, body, received_at) VALUES (?, ?, ?)");
    return this.#db.transaction(() =>
      events.filter((event) => insert.run(event.event_id, JSON.stringify(event), at).changes > 0),
    )();
  }

  /**
   * Begins to handle an event, perhaps again since something failed after its outcome was kept: `handling` does it no
   * second time.
   */
  takeUp(eventId: EventId): void {
    const row = this.#db.prepare("SELECT handled FROM inbox WHERE event_id = ?").get(eventId) as
      | { handled: number }
      | undefined;
    if (row?.handled === 1) this.#kept.add(eventId);
  }

  /** Does something and marks its event handled, both or neither; nothing where an earlier try did. */
  handling(eventId: EventId, work: () => void): void {
    if (this.#kept.has(eventId)) return;
    unitOf(this.#db).run(() => {
      work();
      this.handled(eventId);
    });
  }

  /** Time at which anything came last; null before the first. */
  lastAt(): number | null {
    return (this.#db.prepare("SELECT MAX(received_at) AS at FROM inbox").get() as { at: number | null }).at;
  }

  waiting(): RawEvent[] {
    const rows = this.#db.prepare("SELECT body FROM inbox WHERE handled = 0 ORDER BY received_at, rowid").all();
    return (rows as { body: string }[]).flatMap(({ body }) => RawEvent.safeParse(mended(JSON.parse(body))).data ?? []);
  }

  /** The id is remembered, the content is not. */
  handled(eventId: EventId): void {
    this.#db.prepare("UPDATE inbox SET handled = 1, body = NULL WHERE event_id = ?").run(eventId);
    this.#kept.delete(eventId);
  }

  /** The oldest stand first; a portion of them at a time. */
  forgetOld(now: number): void {
    this.#db
      .prepare(
        "DELETE FROM inbox WHERE rowid IN (SELECT rowid FROM inbox ORDER BY rowid LIMIT ?) AND handled = 1 AND received_at < ?",
      )
      .run(PORTION, now - KEPT_FOR_MS);
  }
}
