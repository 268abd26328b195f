import type Database from "better-sqlite3";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";

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

  /** Number of a room's lines. */
  length(room: RoomId): number {
    const sql = "SELECT COALESCE(MAX(n), -1) + 1 FROM ledger_records WHERE room = ?";
    return Number(this.#db.prepare(sql).pluck().get(room));
  }

  /** Tells whether an entry is among the first lines, erased or not. */
  has(room: RoomId, id: string, upTo: number): boolean {
    return (
      this.#db.prepare("SELECT 1 FROM ledger_records WHERE room = ? AND id = ? AND n < ?").get(room, id, upTo) !==
      undefined
    );
  }

  /** Records of some lines. */
  records(room: RoomId, from: number, upTo: number): Buffer[] {
    const sql = "SELECT record FROM ledger_records WHERE room = ? AND n >= ? AND n < ? ORDER BY n";
    return this.#db.prepare(sql).pluck().all(room, from, upTo) as Buffer[];
  }

  /**
   * Entries of some lines as they were sealed, without those that were erased; `of`: those alone in which this person
   * may be.
   */
  entries(room: RoomId, from: number, upTo: number, of: ParticipantId | null): string[] {
    const sql = `SELECT entry FROM ledger_salts WHERE room = ? AND n >= ? AND n < ?
                 AND (? IS NULL OR instr(entry, ?) > 0) ORDER BY n`;
    const text = of === null ? null : JSON.stringify(of);
    return this.#db.prepare(sql).pluck().all(room, from, upTo, text, text) as string[];
  }

  /** Adds lines at the end, `from` being the place of the first, and a checkpoint of the whole, together. */
  append(room: RoomId, from: number, lines: readonly NewLine[], kept: KeptCheckpoint): void {
    this.#db.transaction(() => {
      const [toRecords, toSalts] = [
        this.#db.prepare("INSERT INTO ledger_records (room, n, id, record) VALUES (?, ?, ?, ?)"),
        this.#db.prepare("INSERT INTO ledger_salts (room, n, salt, entry) VALUES (?, ?, ?, ?)"),
      ];
      for (const [i, { id, record, salt, entry }] of lines.entries()) {
        toRecords.run(room, from + i, id, record);
        toSalts.run(room, from + i, salt, entry);
      }
      this.#db
        .prepare("INSERT OR REPLACE INTO ledger_checkpoints (room, size, note, made_at) VALUES (?, ?, ?, ?)")
        .run(room, kept.size, kept.note, kept.madeAt);
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

  /**
   * Erases a person's entries and their salts, in a room or everywhere; the records stay, and nobody can open them
   * again. `kept`: meetings on which those rest that stay.
   */
  erase(who: ParticipantId, room: RoomId | null, kept: readonly MeetingId[] = []): number {
    const sql = `DELETE FROM ledger_salts WHERE (@room IS NULL OR room = @room)
                 AND (json_extract(entry, '$.to') = @who OR json_extract(entry, '$.from') = @who)
                 AND NOT EXISTS (SELECT 1 FROM json_each(@kept) AS meeting, json_each(entry, '$.because') AS event
                                 WHERE instr(event.value, meeting.value || '#') = 1)`;
    return this.#db.prepare(sql).run({ room, who, kept: JSON.stringify(kept) }).changes;
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
