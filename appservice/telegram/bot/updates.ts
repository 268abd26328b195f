import type Database from "better-sqlite3";

/** Telegram tells of nothing that is older than a day. */
const KEPT_FOR_MS = 2 * 24 * 3600_000;

/** What Telegram told and was taken, so that it is done once though it is told again. */
export class TakenUpdates {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** False: it was taken before. */
  take(update: number, now: number): boolean {
    this.#db.prepare("DELETE FROM telegram_updates WHERE taken_at < ?").run(now - KEPT_FOR_MS);
    const sql = "INSERT INTO telegram_updates (id, taken_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
    return this.#db.prepare(sql).run(update, now).changes > 0;
  }
}
