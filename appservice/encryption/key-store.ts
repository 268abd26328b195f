import type Database from "better-sqlite3";
import { unitOf } from "../store/unit-of-work.ts";
import type { KeptKeys, KeptChange, KeptRoomKey, KeptSleeper } from "./kept.ts";

const DAY_MS = 24 * 3600_000;
/** Room keys open what was written with them; the bot has read that long before. */
const KEPT_FOR_DAYS = 90;
const IDENTITY = "identity";

/** Key material in the service's database, encrypted, and the places of messages that were read already. */
export class KeyStore {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  load(): KeptKeys {
    const identity = this.#db.prepare("SELECT sealed FROM crypto_secrets WHERE name = ?").get(IDENTITY);
    return {
      identity: (identity as { sealed: Uint8Array } | undefined)?.sealed ?? null,
      sleepers: this.#db
        .prepare("SELECT id, sealed, made, woken FROM crypto_sleepers ORDER BY made")
        .all() as KeptSleeper[],
      roomKeys: this.#db.prepare("SELECT room, session, sealed FROM crypto_room_keys").all() as KeptRoomKey[],
    };
  }

  keep(change: KeptChange, at: number): void {
    unitOf(this.#db).run(() => {
      const { identity, sleeper, woken, sleeperGone, roomKeys = [] } = change;
      if (identity)
        this.#run("INSERT INTO crypto_secrets VALUES (?, ?) ON CONFLICT DO UPDATE SET sealed = excluded.sealed", [
          IDENTITY,
          identity,
        ]);
      if (sleeper)
        this.#run("INSERT INTO crypto_sleepers VALUES (?, ?, ?, ?)", [
          sleeper.id,
          sleeper.sealed,
          sleeper.made,
          sleeper.woken,
        ]);
      if (woken) this.#run("UPDATE crypto_sleepers SET woken = ? WHERE id = ?", [woken.at, woken.id]);
      if (sleeperGone !== undefined) this.#run("DELETE FROM crypto_sleepers WHERE id = ?", [sleeperGone]);
      for (const { room, session, sealed } of roomKeys)
        this.#run(
          "INSERT INTO crypto_room_keys VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET sealed = excluded.sealed",
          [room, session, sealed, at],
        );
    });
  }

  /**
   * Notes that a message stood at this place of a session. False where another one stands there: somebody sends again
   * what was sent before (Megolm, "Replay attacks").
   */
  isFirstAt(session: string, index: number, event: string, at: number): boolean {
    this.#run("INSERT OR IGNORE INTO crypto_read VALUES (?, ?, ?, ?)", [session, index, event, at]);
    const stands = this.#db
      .prepare("SELECT event FROM crypto_read WHERE session = ? AND place = ?")
      .get(session, index);
    return (stands as { event: string } | undefined)?.event === event;
  }

  /** Keeps by what a file of ours was encrypted, since its message may be edited. */
  keepFile(mxc: string, sealed: Uint8Array, at: number): void {
    this.#run("INSERT OR REPLACE INTO crypto_files VALUES (?, ?, ?)", [mxc, sealed, at]);
  }

  fileAt(mxc: string): Uint8Array | null {
    const found = this.#db.prepare("SELECT sealed FROM crypto_files WHERE mxc = ?").get(mxc);
    return (found as { sealed: Uint8Array } | undefined)?.sealed ?? null;
  }

  /** Forgets what is too old to be needed. */
  forgetOld(now: number): void {
    const before = now - KEPT_FOR_DAYS * DAY_MS;
    for (const table of ["crypto_room_keys", "crypto_read", "crypto_files"])
      this.#run(`DELETE FROM ${table} WHERE kept_at < ?`, [before]);
  }

  /**
   * Forgets everything. The next start goes on with this identity (as `AtRest` seals it), or makes a new one where it
   * is null.
   */
  resetTo(identity: Uint8Array | null): void {
    unitOf(this.#db).run(() => {
      for (const table of ["crypto_secrets", "crypto_sleepers", "crypto_room_keys"])
        this.#run(`DELETE FROM ${table}`, []);
      if (identity) this.#run("INSERT INTO crypto_secrets VALUES (?, ?)", [IDENTITY, identity]);
    });
  }

  #run(sql: string, values: readonly unknown[]): void {
    this.#db.prepare(sql).run(...values);
  }
}
