import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type Database from "better-sqlite3";
import { AdminError } from "../protocol/mindminder-error.ts";
import type { RoomId } from "../protocol/identity.ts";
import { MIGRATIONS } from "../store/migrations/migrations.ts";
import { nextTurn } from "../time/time.ts";
import { forgetRoom } from "./forget-room.ts";
import { type PackedValue, PackLine } from "./pack-line.ts";
import type { RoomStore } from "./pack-room.ts";
import { ROOM_TABLES, type RoomTable } from "./room-tables.ts";

/** A room came in part, or from another version: nothing of it counts. */
export class PackUnusable extends AdminError {
  constructor(why: string) {
    super("PACK_UNUSABLE", `a room that another shard handed over cannot be taken: ${why}`);
  }
}

/**
 * Takes in a room line by line, in place of all that is here of it. Returns until when its meetings were heard; throws
 * `PackUnusable`, also where the lines end before their end.
 */
export async function unpackRoom(
  db: Database.Database,
  store: RoomStore,
  room: RoomId,
  lines: AsyncIterable<string>,
): Promise<number> {
  let begun = false;
  for await (const text of lines) {
    const line = lineOf(text);
    if (line.kind === "end") return line.since;
    if (line.kind === "begin") {
      if (line.room !== room) throw new PackUnusable("it is another room");
      if (line.form !== MIGRATIONS.length) throw new PackUnusable("its shard is of another version");
      await forgetRoom(db, store, room);
      begun = true;
    } else if (begun) put(db, store, line);
    else throw new PackUnusable("it has no beginning");
    await nextTurn();
  }
  throw new PackUnusable("it broke off");
}

function lineOf(text: string): PackLine {
  try {
    return PackLine.parse(JSON.parse(text));
  } catch {
    throw new PackUnusable("a line of it cannot be read");
  }
}

function put(db: Database.Database, store: RoomStore, line: Exclude<PackLine, { kind: "begin" | "end" }>): void {
  switch (line.kind) {
    case "rows":
      return insert(db, line);
    case "keys":
      return store.wordKeys.bring(line);
    case "withdrawals": {
      const known = new Set(store.withdrawals.all().map((one) => JSON.stringify(one)));
      for (const one of line.all) if (!known.has(JSON.stringify(one))) store.withdrawals.add(one);
      return;
    }
    case "waiting":
      return write(join(store.spoolFolder, line.name), line.content);
    case "kept":
      return write(join(store.audioFolder, line.name), line.content);
  }
}

function insert(db: Database.Database, { table, columns, rows }: Extract<PackLine, { kind: "rows" }>): void {
  const known = ROOM_TABLES.find((one) => one.table === table);
  if (!known || !columns.every((column) => isColumn(db, known, column)))
    throw new PackUnusable(`it has rows for ${table}, which are not taken`);
  const sql = `INSERT OR ${known.shared ? "IGNORE" : "REPLACE"} INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
  const statement = db.prepare(sql);
  db.transaction(() => {
    for (const row of rows) statement.run(row.map(unpacked));
  })();
}

function isColumn(db: Database.Database, { table, without = [] }: RoomTable, column: string): boolean {
  const names = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();
  return names.includes(column) && !without.includes(column);
}

function unpacked(value: PackedValue): string | number | null | Buffer {
  return typeof value === "object" && value !== null ? Buffer.from(value.bytes, "base64") : value;
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, Buffer.from(content, "base64"), { mode: 0o600 });
}
