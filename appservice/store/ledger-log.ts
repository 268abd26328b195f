import type Database from "better-sqlite3";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";

/** A line of a room's log. `open` null: salt and entry were erased. */
export type LogLine = {
  readonly n: number;
  readonly id: string;
  readonly record: Buffer;
  readonly open: { readonly salt: Buffer; readonly entry: string } | null;
};

export type NewLine = { readonly id: string; readonly record: Buffer; readonly salt: Buffer; readonly entry: string };

export type KeptCheckpoint = { readonly size: number; readonly note: string; readonly madeAt: number };

/** Name of whoever signs, and the seed of their key. */
export type LedgerKey = { readonly name: string; readonly seed: Uint8Array };

/** Logs of the ledger, one a room: records that only grow, and beside them the salts and entries that can be erased. */
export class LedgerLog {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  lines(room: RoomId): LogLine[] {
    const sql = `SELECT n, id, record, salt, entry FROM ledger_records LEFT JOIN ledger_salts USING (room, n)
                 WHERE room = ? ORDER BY n`;
    const rows = this.#db.prepare(sql).all(room) as {
      n: number;
      id: string;
      record: Buffer;
      salt: Buffer | null;
      entry: string | null;
    }[];
    return rows.map(({ n, id, record, salt, entry }) => ({
      n,
      id,
      record,
      open: salt === null || entry === null ? null : { salt, entry },
    }));
  }

  /** Adds lines at the end, and a checkpoint of the whole, together. */
  append(room: RoomId, lines: readonly NewLine[], checkpoint: (records: Buffer[]) => KeptCheckpoint): KeptCheckpoint {
    return this.#db.transaction(() => {
      const before = this.lines(room).map(({ record }) => record);
      const [toRecords, toSalts] = [
        this.#db.prepare("INSERT INTO ledger_records (room, n, id, record) VALUES (?, ?, ?, ?)"),
        this.#db.prepare("INSERT INTO ledger_salts (room, n, salt, entry) VALUES (?, ?, ?, ?)"),
      ];
      for (const [i, { id, record, salt, entry }] of lines.entries()) {
        toRecords.run(room, before.length + i, id, record);
        toSalts.run(room, before.length + i, salt, entry);
      }
      const kept = checkpoint([...before, ...lines.map(({ record }) => record)]);
      this.#db
        .prepare("INSERT OR REPLACE INTO ledger_checkpoints (room, size, note, made_at) VALUES (?, ?, ?, ?)")
        .run(room, kept.size, kept.note, kept.madeAt);
      return kept;
    })();
  }

  /** All checkpoints of a room, oldest first. */
  checkpoints(room: RoomId): KeptCheckpoint[] {
    const sql = "SELECT size, note, made_at AS madeAt FROM ledger_checkpoints WHERE room = ? ORDER BY size";
    return this.#db.prepare(sql).all(room) as KeptCheckpoint[];
  }

  rooms(): RoomId[] {
    const rows = this.#db.prepare("SELECT DISTINCT room FROM ledger_records ORDER BY room").all() as { room: RoomId }[];
    return rows.map(({ room }) => room);
  }

  /** Erases a person's entries and their salts, in a room or everywhere; the records stay, and nobody can open them again. */
  erase(who: ParticipantId, room: RoomId | null): number {
    return this.#db
      .prepare(
        `DELETE FROM ledger_salts WHERE (room = ? OR ? IS NULL)
         AND (json_extract(entry, '$.to') = ? OR json_extract(entry, '$.from') = ?)`,
      )
      .run(room, room, who, who).changes;
  }

  /** Key by which checkpoints are signed, as it was made the first time. */
  keepKey(key: () => LedgerKey): LedgerKey {
    const known = this.key();
    if (known) return known;
    const { name, seed } = key();
    this.#db.prepare("INSERT INTO ledger_key (one, name, seed) VALUES (1, ?, ?)").run(name, Buffer.from(seed));
    return { name, seed };
  }

  /** The same where there is one already. */
  key(): LedgerKey | null {
    return (this.#db.prepare("SELECT name, seed FROM ledger_key").get() as LedgerKey | undefined) ?? null;
  }
}
