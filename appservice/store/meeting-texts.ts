import type Database from "better-sqlite3";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { openByKey, sealByKey } from "./seal-by-key.ts";
import { type KeyName, ROOM_ITSELF, wordKeysOf } from "./word-keys.ts";

/** Tables with texts that are made of what people of a meeting said, and their columns. */
const TABLES = { exported_tasks: "wanted", telegram_outbox: "html" } as const;
type Table = keyof typeof TABLES;

/** Text as a table holds it. `sealedBy` null: it stands there as it is. */
export type StoredText = { readonly text: string; readonly sealedBy: KeyName | null };

type Row = { readonly meeting: MeetingId; readonly room: RoomId; readonly text: string; readonly sealedBy: string };

/**
 * Texts of a meeting that wait to be sent outside, each sealed by the keys of all who gave words to the meeting: any of
 * them may be in it. Once one of these keys is destroyed, no older copy of the text can be read.
 */
export class MeetingTexts {
  readonly #db: Database.Database;
  readonly #table: Table;

  constructor(db: Database.Database, table: Table) {
    [this.#db, this.#table] = [db, table];
  }

  put(meeting: MeetingId, room: RoomId, text: string): { readonly text: string; readonly sealedBy: KeyName } {
    const keys = wordKeysOf(this.#db);
    const sql = "SELECT DISTINCT keys FROM sealed_words WHERE meeting = ? AND source IS NOT NULL";
    const names = this.#db.prepare(sql).pluck().all(meeting) as KeyName[];
    const ids = [...new Set(names.flatMap((name) => name.split(" ")))].filter((id) => keys.isInUse(id)).sort();
    const sealedBy = ids.length > 0 ? ids.join(" ") : keys.presentOf(room, ROOM_ITSELF);
    const key = keys.find(sealedBy);
    if (!key) throw new Error(`the key ${sealedBy} was there a moment ago`);
    return { text: sealByKey(Buffer.from(text), key, this.#placeOf(meeting)).toString("base64"), sealedBy };
  }

  /** Null where a key is not there any more. */
  open(meeting: MeetingId, { text, sealedBy }: StoredText): string | null {
    if (sealedBy === null) return text;
    const key = wordKeysOf(this.#db).find(sealedBy);
    return (key && openByKey(Buffer.from(text, "base64"), key, this.#placeOf(meeting))?.toString()) ?? null;
  }

  /** Texts that are sealed by keys of somebody which are to be destroyed. */
  sealedBy(room: RoomId, who: ParticipantId): Row[] {
    const sql = `${this.#rows} WHERE sealed_by IS NOT NULL AND instr(sealed_by, ?) > 0`;
    const keys = wordKeysOf(this.#db).retiredOf(room, who);
    return keys.flatMap((id) => this.#db.prepare(sql).all(id) as Row[]);
  }

  /** Texts from before they were sealed, some of them. */
  older(most: number): Row[] {
    const sql = `${this.#rows} WHERE sealed_by IS NULL AND ${TABLES[this.#table]} IS NOT NULL LIMIT ?`;
    return this.#db.prepare(sql).all(most) as Row[];
  }

  /** Seals a text as the keys are now. One that cannot be read any more is left as it is. */
  again(row: Row): void {
    const text = this.open(row.meeting, row);
    if (text === null) return;
    const now = this.put(row.meeting, row.room, text);
    const column = TABLES[this.#table];
    const sql = `UPDATE ${this.#table} SET ${column} = ?, sealed_by = ? WHERE meeting = ? AND ${column} = ?`;
    this.#db.prepare(sql).run(now.text, now.sealedBy, row.meeting, row.text);
  }

  get #rows(): string {
    return `SELECT meeting, room, ${TABLES[this.#table]} AS text, sealed_by AS sealedBy FROM ${this.#table}`;
  }

  #placeOf(meeting: MeetingId): string {
    return `${this.#table} ${meeting}`;
  }
}

/** Texts of all tables that hold any. */
export function meetingTextsIn(db: Database.Database): MeetingTexts[] {
  return (["exported_tasks", "telegram_outbox"] as const).map((table) => new MeetingTexts(db, table));
}
