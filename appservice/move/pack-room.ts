import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { RoomId } from "../protocol/identity.ts";
import { type KeptPlace, parseSoundFile } from "../protocol/sound-key.ts";
import { MIGRATIONS } from "../store/migrations/migrations.ts";
import type { Withdrawal } from "../store/withdrawals.ts";
import type { WordKeys } from "../store/word-keys.ts";
import { nextTurn } from "../time/time.ts";
import { meetingOfFile, type PackedValue, type PackLine } from "./pack-line.ts";
import { ROOM_TABLES } from "./room-tables.ts";

/** Places in which a shard keeps what it knows of its rooms. */
export type RoomStore = {
  readonly database: string;
  readonly wordKeys: WordKeys;
  readonly withdrawals: { readonly all: () => Withdrawal[]; readonly add: (withdrawal: Withdrawal) => void };
  /** Folder of speech that is no text yet, and of sound that is kept, with the room's own folder in it. */
  readonly spoolFolder: string;
  readonly audioFolder: string;
  readonly audioOf: (room: RoomId) => string;
};

/** Rows that are read before anybody else has their turn. */
const PORTION = 200;
/** Events, updates and launches that may come a second time come within this. */
const MAY_COME_AGAIN_MS = 10 * 60_000;

/** All that is kept of a room, of which nothing is written meanwhile. */
export async function* packRoom(store: RoomStore, room: RoomId, since: number): AsyncGenerator<PackLine> {
  yield { kind: "begin", room, form: MIGRATIONS.length, since };
  // By a connection of its own: it reads on while others write.
  const db = new Database(store.database, { readonly: true, fileMustExist: true });
  try {
    const meetings = new Set(db.prepare("SELECT id FROM meetings WHERE room = ?").pluck().all(room));
    for (const { table, where, without = [] } of ROOM_TABLES) {
      const names = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[];
      const columns = names.filter((name) => !without.includes(name));
      const rows = db.prepare(`SELECT ${columns.join(", ")} FROM ${table} WHERE ${where}`).raw();
      let portion: PackedValue[][] = [];
      for (const row of rows.iterate({ room, since: since - MAY_COME_AGAIN_MS })) {
        portion.push((row as unknown[]).map(packed));
        if (portion.length < PORTION) continue;
        yield { kind: "rows", table, columns, rows: portion };
        portion = [];
        await nextTurn();
      }
      if (portion.length > 0) yield { kind: "rows", table, columns, rows: portion };
    }
    yield { kind: "keys", ...store.wordKeys.ofRoom(room) };
    const all = store.withdrawals.all();
    yield {
      kind: "withdrawals",
      all: all.filter((one) => (one.what === "words" ? meetings.has(one.meeting) : one.room === room)),
    };
    for (const name of namesIn(store.spoolFolder))
      if (meetings.has(meetingOfFile(name))) {
        const content = await contentOf(store.spoolFolder, name);
        if (content !== null) yield { kind: "waiting", name, content };
      }
    const own = store.audioOf(room);
    for (const person of namesIn(join(store.audioFolder, own)))
      for (const file of namesIn(join(store.audioFolder, own, person))) {
        if (!parseSoundFile(file, "flac")) continue;
        const name = `${own}/${person}/${file}` as KeptPlace;
        const content = await contentOf(store.audioFolder, name);
        if (content !== null) yield { kind: "kept", name, content };
      }
  } finally {
    db.close();
  }
  yield { kind: "end", since };
}

function packed(value: unknown): PackedValue {
  return Buffer.isBuffer(value) ? { bytes: value.toString("base64") } : (value as PackedValue);
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Content of a file; null: it has been taken away since its name was read. */
async function contentOf(folder: string, name: string): Promise<string | null> {
  try {
    return (await readFile(join(folder, name))).toString("base64");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
