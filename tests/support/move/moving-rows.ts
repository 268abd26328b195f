import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOM_TABLES } from "../../../appservice/move/room-tables.ts";
import { RoomId } from "../../../appservice/protocol/identity.ts";
import type { RoomStore } from "../../../appservice/move/pack-room.ts";
import type Database from "better-sqlite3";

/** A room that moves, and one that stays. */
export const [ROOM, OTHER] = [RoomId.parse("!moves:x"), RoomId.parse("!stays:x")];
type Kept = { readonly db: Database.Database; readonly store: RoomStore };

const SOUND = "mabcdefgh.1.5";

/** Rows of two rooms in each table, keys, withdrawals and sound. */
export function fill({ db, store }: Kept): void {
  db.pragma("foreign_keys = OFF");
  for (const room of [ROOM, OTHER])
    for (const { table } of ROOM_TABLES) {
      const columns = db.prepare(`SELECT name, type FROM pragma_table_info('${table}')`).all() as Column[];
      const values = columns.map((column) => filling(column, table, room));
      const named = columns.map(({ name }) => name).join(", ");
      db.prepare(`INSERT INTO ${table} (${named}) VALUES (${columns.map(() => "?").join(", ")})`).run(values);
    }
  db.pragma("foreign_keys = ON");
  for (const room of [ROOM, OTHER]) {
    store.wordKeys.presentOf(room, "");
    store.withdrawals.add({ what: "room", room, at: 5 });
    mkdirSync(join(store.audioFolder, store.audioOf(room), "0123456789abcdef"), { recursive: true });
    writeFileSync(join(store.audioFolder, store.audioOf(room), "0123456789abcdef", `${SOUND}.flac`), room);
  }
  mkdirSync(store.spoolFolder);
  for (const ending of ["flac", "json"]) writeFileSync(join(store.spoolFolder, `${SOUND}.${ending}`), "sound");
}

type Column = { readonly name: string; readonly type: string };

function filling({ name, type }: Column, table: string, room: RoomId): string | number | Buffer {
  const of = room === ROOM ? 1 : 2;
  const meeting = room === ROOM ? "mabcdefgh" : "mzyxwvuts";
  const known: Readonly<Record<string, string | number>> = {
    room,
    meeting,
    scope: meeting,
    assembly: `a${of}`,
    kind: "record",
    state: table === "guests" ? "in" : table === "telegram_people" ? "in" : "told",
    handled: 1,
    into_room: "!elsewhere:x",
  };
  if (name === "id" && table === "meetings") return meeting;
  if (name === "id" && table === "assemblies") return `a${of}`;
  if (name === "room" && table === "telegram_rooms_before") return room;
  if (name in known) return known[name] ?? 0;
  if (name === "name" && table.startsWith("call_")) return `call-${of}`;
  if (["received_at", "until", "taken_at", "worthless_at"].includes(name)) return 2_000_000;
  if (type === "BLOB") return Buffer.from([of, 0, 255]);
  return type === "INTEGER" ? of : `${name}-${of}`;
}

/** All that a shard has of a room, table by table. */
export function rowsOf({ db }: Pick<Kept, "db">, room: RoomId): Record<string, unknown[]> {
  return Object.fromEntries(
    ROOM_TABLES.filter(({ shared }) => !shared).map(({ table, where, without = [] }) => {
      const rows = db.prepare(`SELECT * FROM ${table} WHERE ${where}`).all({ room, since: 0 }) as Record<
        string,
        unknown
      >[];
      return [table, rows.map((row) => Object.entries(row).filter(([name]) => !without.includes(name)))];
    }),
  );
}

/** The same where it has nothing. */
export const NONE = Object.fromEntries(ROOM_TABLES.filter(({ shared }) => !shared).map(({ table }) => [table, []]));
/** Number of files of its speech that is no text yet. */
export const soundOf = ({ store }: Pick<Kept, "store">) =>
  existsSync(store.spoolFolder) ? readdirSync(store.spoolFolder).length : 0;
