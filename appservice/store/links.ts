import { createHmac } from "node:crypto";
import type Database from "better-sqlite3";
import type { DeviceId, EventId, ParticipantId, RoomId } from "../protocol/identity.ts";
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
 * again. Where no meeting ends, the browser that opened one comes in again by it for as long.
 */
const REMEMBERED_MS = 24 * 3600_000;

/**
 * Personal links into the widget: each is opened soon, by one browser, for one person and one room. That browser opens
 * it again until the meeting ends: a phone takes pages away whose person looks elsewhere.
 */
export class Links {
  readonly #db: Database.Database;
  readonly #secret: string;

  /** `secret`: of this service alone, and in no database; by it the same message is answered by the same code. */
  constructor(db: Database.Database, secret = randomBytes(24).toString("base64url")) {
    this.#db = db;
    this.#secret = secret;
  }

  /**
   * Returns the code; it is nowhere but in the link. A new link makes the person's older ones for that room worthless.
   * `asked`: the message that asks for it. Asked again by the same one, after a crash, it is the same link; one that
   * was used stays so.
   */
  make({ participant, room }: Link, now: number, asked = randomBytes(24).toString("base64url")): string {
    const code = createHmac("sha256", this.#secret)
      .update(`link\n${asked}`)
      .digest()
      .subarray(0, 24)
      .toString("base64url");
    unitOf(this.#db).run(() => {
      this.#db.prepare("DELETE FROM links WHERE expires_at <= ?").run(now - REMEMBERED_MS);
      const others =
        "UPDATE links SET used = 1, browser_hash = NULL WHERE participant = ? AND room = ? AND code_hash <> ?";
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
                 WHERE NOT EXISTS (SELECT 1 FROM links WHERE code_hash = told.code_hash AND (
                   (used = 0 AND expires_at > @now) OR (browser_hash IS NOT NULL AND expires_at > @now - @remembered)))`;
    return this.#db.prepare(sql).all({ now, remembered: REMEMBERED_MS }) as LinkMessage[];
  }

  takenAway({ eventId }: LinkMessage): void {
    this.#db.prepare("DELETE FROM told_links WHERE event_id = ?").run(eventId);
  }

  /** Takes a link and tells whose it is. It is that browser's from now on; without a browser it is worthless. */
  take(code: string, now: number, browser: DeviceId | null = null): Link | null {
    const by = browser && hashOf(browser);
    const sql = `UPDATE links SET used = 1, browser_hash = ? WHERE code_hash = ? AND used = 0 AND expires_at > ?
                 RETURNING participant, room`;
    const taken = this.#db.prepare(sql).get(by, hashOf(code), now) as Link | undefined;
    if (taken || by === null) return taken ?? null;
    const known = "SELECT participant, room FROM links WHERE code_hash = ? AND browser_hash = ? AND expires_at > ?";
    return (this.#db.prepare(known).get(hashOf(code), by, now - REMEMBERED_MS) as Link | undefined) ?? null;
  }

  /** Makes those worthless that browsers have opened for the meeting of a room. */
  meetingIsOver(room: RoomId): void {
    this.#db.prepare("UPDATE links SET browser_hash = NULL WHERE room = ?").run(room);
  }

  /** Makes all links of somebody worthless. */
  closeAll(participant: ParticipantId): void {
    this.#db.prepare("UPDATE links SET used = 1, browser_hash = NULL WHERE participant = ?").run(participant);
  }
}
