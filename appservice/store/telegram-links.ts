import type Database from "better-sqlite3";
import type { ParticipantId } from "../protocol/identity.ts";
import { randomBytes } from "../time/chance.ts";
import { hashOf } from "./secret-hash.ts";

/** Somebody in Telegram who typed the code of somebody in Matrix. */
export type AskingToLink = { readonly telegram: ParticipantId; readonly name: string };

/** `before`: whose the account was until now; null: nobody's, or it still is. */
export type DecidedLink = AskingToLink & { readonly before: ParticipantId | null };

/** A code waits so long to be typed, and who typed it as long to be confirmed. */
const CODE_LASTS_MS = 10 * 60_000;
/** Of 31 signs, no two of which look alike, since people type them: 99 bits, for some minutes. */
const CODE_SIGNS = 20;
const SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";

/**
 * Accounts of Telegram that are joined to people of Matrix, and the codes by which they become so: proven from both
 * sides.
 */
export class TelegramLinks {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** A code for somebody of Matrix, in place of the one before. */
  offer(participant: ParticipantId, now: number): string {
    const code = [...randomBytes(CODE_SIGNS)].map((byte) => SIGNS[byte % SIGNS.length]).join("");
    const sql = `INSERT INTO telegram_link_codes (participant, code_hash, made_at) VALUES (?, ?, ?)
                 ON CONFLICT (participant) DO UPDATE SET code_hash = excluded.code_hash, made_at = excluded.made_at,
                   telegram = NULL, name = NULL`;
    this.#db.prepare(sql).run(participant, hashOf(code), now);
    return code;
  }

  /** Tells whether a code is of somebody here, and was typed by nobody yet. */
  hasCode(code: string, now: number): boolean {
    const sql = "SELECT 1 FROM telegram_link_codes WHERE code_hash = ? AND made_at >= ? AND telegram IS NULL";
    return this.#db.prepare(sql).get(hashOf(code), now - CODE_LASTS_MS) !== undefined;
  }

  /** Notes who typed a code, once. Returns whose it is; null: nobody's, or too late. */
  typed(code: string, { telegram, name }: AskingToLink, now: number): ParticipantId | null {
    const sql = `UPDATE telegram_link_codes SET telegram = ?, name = ?, made_at = ?
                 WHERE code_hash = ? AND made_at >= ? AND telegram IS NULL RETURNING participant`;
    const row = this.#db.prepare(sql).get(telegram, name, now, hashOf(code), now - CODE_LASTS_MS);
    return (row as { participant: ParticipantId } | undefined)?.participant ?? null;
  }

  /** Ends the asking: by yes the two are one. Returns who had typed the code; null: nobody, or too long ago. */
  decide(participant: ParticipantId, yes: boolean, now: number): DecidedLink | null {
    return this.#db.transaction(() => {
      const sql = `DELETE FROM telegram_link_codes WHERE participant = ? AND telegram IS NOT NULL
                   RETURNING telegram, name, made_at AS madeAt`;
      const row = this.#db.prepare(sql).get(participant) as (AskingToLink & { madeAt: number }) | undefined;
      if (!row || row.madeAt < now - CODE_LASTS_MS) return null;
      const before = yes ? this.of(row.telegram) : null;
      if (yes)
        this.#db
          .prepare("INSERT OR REPLACE INTO telegram_links (telegram, participant, linked_at) VALUES (?, ?, ?)")
          .run(row.telegram, participant, now);
      return { telegram: row.telegram, name: row.name, before };
    })();
  }

  /** The person of Matrix that an account of Telegram is joined to. */
  of(telegram: ParticipantId): ParticipantId | null {
    const row = this.#db.prepare("SELECT participant FROM telegram_links WHERE telegram = ?").get(telegram);
    return (row as { participant: ParticipantId } | undefined)?.participant ?? null;
  }

  /** Parts somebody from all their accounts in Telegram, and ends what was asked. Returns how many there were. */
  part(participant: ParticipantId): number {
    this.#db.prepare("DELETE FROM telegram_link_codes WHERE participant = ?").run(participant);
    return this.#db.prepare("DELETE FROM telegram_links WHERE participant = ?").run(participant).changes;
  }
}
