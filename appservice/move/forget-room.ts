import { readdirSync, rmSync } from "node:fs";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import type { RoomId } from "../protocol/identity.ts";
import { nextTurn } from "../time/time.ts";
import { meetingOfFile } from "./pack-line.ts";
import type { RoomStore } from "./pack-room.ts";
import { ROOM_TABLES } from "./room-tables.ts";

/** Rows taken away before anybody else has their turn. */
const PORTION = 100;

/** Takes away all that is kept of a room, bit by bit: another shard has it, or it came in part. */
export async function forgetRoom(db: Database.Database, store: RoomStore, room: RoomId): Promise<void> {
  const meetings = new Set(db.prepare("SELECT id FROM meetings WHERE room = ?").pluck().all(room));
  if (existsSync(store.spoolFolder))
    for (const name of readdirSync(store.spoolFolder))
      if (meetings.has(meetingOfFile(name))) rmSync(join(store.spoolFolder, name), { force: true });
  rmSync(join(store.audioFolder, store.audioOf(room)), { recursive: true, force: true });
  for (const { table, where } of ROOM_TABLES.filter(({ shared }) => !shared).reverse()) {
    const key = keyOf(db, table);
    const take = db.prepare(
      `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${where} LIMIT ${PORTION})`,
    );
    while (take.run({ room }).changes > 0) await nextTurn();
  }
  store.wordKeys.forgetRoom(room);
}

/** Columns by which a row is named. */
function keyOf(db: Database.Database, table: string): string {
  const sql = `SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`;
  const names = db.prepare(sql).pluck().all() as string[];
  return names.length > 0 ? names.join(", ") : "rowid";
}
