import type Database from "better-sqlite3";
import type { DeviceId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { randomBytes } from "../time/chance.ts";
import { hashOf } from "./secret-hash.ts";

export type SignIn = { readonly participant: ParticipantId; readonly room: RoomId; readonly openedAt: number };

/** Milliseconds in which a person's own client has to say in the room that it was it. */
const CLIENT_HAS_MS = 10_000;
/** Milliseconds that an OpenID token can live (Synapse gives it an hour), and some. */
const TOKEN_LIVES_MS = 75 * 60_000;
const KEPT_FOR_MS = 180 * 24 * 3600_000;

/**
 * Browsers in which people have proven who they are. An OpenID token says who somebody is and not for whom it was made,
 * so anybody who was given one can sign in by it: of a browser that is new, the person's own client has to speak up in
 * the room, or they are told.
 */
export class SignIns {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Returns the code that the person's client is to say in the room; null where the browser is known. */
  opened({ participant, room, openedAt }: SignIn, browser: DeviceId): string | null {
    const used = "UPDATE browsers SET used_at = ? WHERE participant = ? AND browser_hash = ? AND state <> 'waits'";
    if (this.#db.prepare(used).run(openedAt, participant, hashOf(browser)).changes > 0) return null;
    const code = randomBytes(18).toString("base64url");
    // Asked again, it is not told of any later.
    const sql = `INSERT INTO browsers (participant, browser_hash, room, opened_at, used_at, code_hash, state) VALUES (?, ?, ?, ?, ?, ?, 'waits')
                 ON CONFLICT (participant, browser_hash) DO UPDATE SET code_hash = excluded.code_hash, room = excluded.room`;
    this.#db.prepare(sql).run(participant, hashOf(browser), room, openedAt, openedAt, hashOf(code));
    return code;
  }

  /** The person themselves said the code in that room. */
  confirm(participant: ParticipantId, room: RoomId, code: string): void {
    this.#db
      .prepare("UPDATE browsers SET state = 'confirmed' WHERE participant = ? AND room = ? AND code_hash = ?")
      .run(participant, room, hashOf(code));
  }

  /** Sign-ins of which their person has to be told, the oldest first; several of one person in one room are one. */
  untold(now: number): SignIn[] {
    const sql = `SELECT participant, room, MAX(opened_at) AS openedAt FROM browsers
      WHERE state = 'waits' AND opened_at <= ? GROUP BY participant, room ORDER BY openedAt`;
    return this.#db.prepare(sql).all(now - CLIENT_HAS_MS) as SignIn[];
  }

  told({ participant, room, openedAt }: SignIn): void {
    this.#db
      .prepare(
        "UPDATE browsers SET state = 'told' WHERE participant = ? AND room = ? AND opened_at <= ? AND state = 'waits'",
      )
      .run(participant, room, openedAt);
  }

  /**
   * Signs a person out: only browsers that their client has spoken up for are known from here on, and no other opens
   * anything while a token in strange hands may live.
   */
  signOut(participant: ParticipantId, now: number): void {
    this.#db.transaction(() => {
      this.#db.prepare("DELETE FROM browsers WHERE participant = ? AND state <> 'confirmed'").run(participant);
      this.#db
        .prepare("INSERT OR REPLACE INTO signed_out (participant, until) VALUES (?, ?)")
        .run(participant, now + TOKEN_LIVES_MS);
    })();
  }

  /** Tells whether this browser may open nothing by a token alone. */
  isShut(participant: ParticipantId, browser: DeviceId, now: number): boolean {
    const sql = `SELECT 1 FROM signed_out WHERE participant = ? AND until > ?
                 AND NOT EXISTS (SELECT 1 FROM browsers WHERE participant = signed_out.participant AND browser_hash = ? AND state = 'confirmed')`;
    return this.#db.prepare(sql).get(participant, now, hashOf(browser)) !== undefined;
  }

  forgetOld(now: number): void {
    this.#db.prepare("DELETE FROM browsers WHERE used_at < ? AND state <> 'waits'").run(now - KEPT_FOR_MS);
    this.#db.prepare("DELETE FROM signed_out WHERE until <= ?").run(now);
  }
}
