import { createHmac } from "node:crypto";
import type Database from "better-sqlite3";
import type { EventId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { unitOf } from "./unit-of-work.ts";
import { randomBytes } from "../time/chance.ts";
import { hashOf } from "./secret-hash.ts";

type Link = { readonly participant: ParticipantId; readonly room: RoomId };

/** A message that carries a link. */
export type LinkMessage = { readonly room: RoomId; readonly eventId: EventId };

/** Milliseconds that a personal link waits to be opened. */
export const LINK_MS = 5 * 60_000;

/**
 * Milliseconds for which it is known that a link was used: longer than the message that asked for one may be taken up
 * again.
 */
const REMEMBERED_MS = 24 * 3600_000;

/** Personal links into the widget: each opens once, soon, for one person and one room. */
export class Links {
  readonly #db: Database.Database;
  readonly #secret: string;

  /** `secret`: of this service alone, and in no database; by it the same message is answered by the same code. */
  constructor(db: Database.Database, secret = randomBytes(24).toString("base64url")) {
    this.#db = db;
    this.#secret = secret;
  }

  /**
   * Returns the code; it is nowhere but in the link. A new link makes the person's older ones for that room worthless. `asked`: the message
   * that asks for it. Asked again by the same one, after a crash, it is the same link; one that was used stays so.
   */
  make({ participant, room }: Link, now: number, asked = randomBytes(24).toString("base64url")): string {
    const code = createHmac("sha256", this.#secret)
      .update(`link\n${asked}`)
      .digest()
      .subarray(0, 24)
      .toString("base64url");
    unitOf(this.#db).run(() => {
      this.#db.prepare("DELETE FROM links WHERE expires_at <= ?").run(now - REMEMBERED_MS);
      const others = "UPDATE links SET used = 1 WHERE participant = ? AND room = ? AND code_hash <> ?";
      this.#db.prepare(others).run(participant, room, hashOf(code));
      const sql = `INSERT INTO links (code_hash, participant, room, expires_at) VALUES (?, ?, ?, ?)
                   ON CONFLICT (code_hash) DO UPDATE SET expires_at = excluded.expires_at`;
      this.#db.prepare(sql).run(hashOf(code), participant, room, now + LINK_MS);
    });
    return code;
  }

  /** Notes where a link was told: the message is taken away once the link is worthless. */
  told(code: string, { room, eventId }: LinkMessage): void {
    this.#db
      .prepare("INSERT OR REPLACE INTO told_links (event_id, room, code_hash) VALUES (?, ?, ?)")
      .run(eventId, room, hashOf(code));
  }

  /** Messages whose link opens nothing any more. */
  worthless(now: number): LinkMessage[] {
    const sql = `SELECT event_id AS eventId, room FROM told_links AS told
                 WHERE NOT EXISTS (SELECT 1 FROM links WHERE code_hash = told.code_hash AND used = 0 AND expires_at > ?)`;
    return this.#db.prepare(sql).all(now) as LinkMessage[];
  }

  takenAway({ eventId }: LinkMessage): void {
    this.#db.prepare("DELETE FROM told_links WHERE event_id = ?").run(eventId);
  }

  /** Takes a link and tells whose it was. It is worthless from now on. */
  take(code: string, now: number): Link | null {
    const sql =
      "UPDATE links SET used = 1 WHERE code_hash = ? AND used = 0 RETURNING participant, room, expires_at AS expiresAt";
    const link = this.#db.prepare(sql).get(hashOf(code)) as (Link & { expiresAt: number }) | undefined;
    return link && link.expiresAt > now ? { participant: link.participant, room: link.room } : null;
  }
}
