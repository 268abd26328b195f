import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { chmodSync, existsSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { randomBytes } from "../time/chance.ts";
import { wallClock } from "../time/time.ts";
import { emptyLog } from "./database.ts";
import type { KeysOfRoom } from "./keys-of-room.ts";
import { giveTo, ownerOf } from "./owner.ts";
import { placeOf } from "./place.ts";

/** Names a key, or the keys together that a text is sealed by: their ids with spaces between them. */
export type KeyName = string;

/** Owner of words that are nobody's: what the service itself says of a meeting. */
export const ROOM_ITSELF = "";

const KEY_BYTES = 32;
const ID_BYTES = 12;
const MOST_IN_MEMORY = 2_000;

const SCHEMA = `
  -- Keys by which the words of people are sealed; each is of one person in one room. retired: later words take another.
  CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    who TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    retired INTEGER NOT NULL DEFAULT 0,
    key BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS keys_of ON keys (room, who);
  -- Erasures for which that was done already.
  CREATE TABLE IF NOT EXISTS retirements (
    room TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (room, who, at)
  ) STRICT, WITHOUT ROWID;
  -- Keys that are destroyed: no older copy of this file brings one back.
  CREATE TABLE IF NOT EXISTS destroyed (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/**
 * Keys of people's words, in a file of its own beside the database: a copy of the database alone reads nobody's words,
 * and destroying a key makes the words unreadable in every copy. Each write is on the disk before it returns.
 */
export class WordKeys {
  readonly #db: Database.Database;
  /** Present key of each person in a room, and keys by their names. */
  readonly #present = new Map<string, string>();
  readonly #keys = new Map<KeyName, KeyObject>();
  readonly #inUse = new Map<string, boolean>();

  constructor(file: string) {
    this.#db = new Database(file);
    if (existsSync(file)) {
      chmodSync(file, 0o600);
      giveTo(file, ownerOf(dirname(file)));
    }
    this.#db.pragma("busy_timeout = 5000");
    this.#db.pragma("journal_mode = WAL");
    this.#db.pragma("synchronous = FULL");
    // A destroyed key is overwritten where it lay.
    this.#db.pragma("secure_delete = ON");
    this.#db.exec(SCHEMA);
  }

  /** Key by which words of somebody in a room are sealed now; it is made where there is none. */
  presentOf(room: RoomId, who: ParticipantId | typeof ROOM_ITSELF): KeyName {
    const of = `${room} ${who}`;
    const known = this.#present.get(of);
    if (known !== undefined) return known;
    const found = this.#db
      .prepare("SELECT id FROM keys WHERE room = ? AND who = ? AND retired = 0 ORDER BY made_at DESC")
      .get(room, who) as { id: string } | undefined;
    const id = found?.id ?? this.#make(room, who);
    keep(this.#present, of, id);
    return id;
  }

  #make(room: RoomId, who: string): string {
    const id = randomBytes(ID_BYTES).toString("base64url");
    this.#db
      .prepare("INSERT INTO keys (id, room, who, made_at, key) VALUES (?, ?, ?, ?, ?)")
      .run(id, room, who, wallClock(), randomBytes(KEY_BYTES));
    return id;
  }

  /** Key, or what several keys come to together; null where one of them is not there any more. */
  find(name: KeyName): KeyObject | null {
    const known = this.#keys.get(name);
    if (known) return known;
    const key = this.read(name);
    if (key) keep(this.#keys, name, key);
    return key;
  }

  /** The same, from the file, and not remembered. */
  read(name: KeyName): KeyObject | null {
    const ids = name.split(" ");
    const found = ids.map((id) => this.#db.prepare("SELECT key FROM keys WHERE id = ?").pluck().get(id));
    if (!found.every((key): key is Buffer => Buffer.isBuffer(key))) return null;
    const [first, ...others] = found;
    if (first === undefined) return null;
    return createSecretKey(others.length === 0 ? first : together(found));
  }

  /** Tells whether words are sealed by a key still: it is there, and not retired. */
  isInUse(id: string): boolean {
    const known = this.#inUse.get(id);
    if (known !== undefined) return known;
    const found = this.#db.prepare("SELECT 1 FROM keys WHERE id = ? AND retired = 0").get(id) !== undefined;
    keep(this.#inUse, id, found);
    return found;
  }

  /**
   * Has later words of somebody take a new key: those until now are to be erased. Asked again for the same moment it
   * does nothing.
   */
  retire(room: RoomId, who: ParticipantId, at: number): void {
    this.#db.transaction(() => {
      const note = this.#db.prepare("INSERT OR IGNORE INTO retirements (room, who, at) VALUES (?, ?, ?)");
      if (note.run(room, who, at).changes > 0)
        this.#db.prepare("UPDATE keys SET retired = 1 WHERE room = ? AND who = ?").run(room, who);
    })();
    this.#present.delete(`${room} ${who}`);
    this.#inUse.clear();
  }

  /** Keys that were retired and are not destroyed yet. */
  retiredOf(room: RoomId, who: ParticipantId): string[] {
    const sql = "SELECT id FROM keys WHERE room = ? AND who = ? AND retired = 1 ORDER BY id";
    return this.#db.prepare(sql).pluck().all(room, who) as string[];
  }

  /** Destroys keys, for good: all at once, or none. */
  destroy(ids: readonly string[]): void {
    const gone = this.#db.prepare("DELETE FROM keys WHERE id = ?");
    const note = this.#db.prepare("INSERT OR IGNORE INTO destroyed (id, at) VALUES (?, ?)");
    this.#db.transaction(() => {
      for (const id of ids) {
        gone.run(id);
        note.run(id, wallClock());
      }
    })();
    // The log beside the file holds them until then.
    this.tidy();
    this.#forgetRead();
  }

  /**
   * Empties the log beside the file, which may hold keys that were destroyed. False where somebody reads the file at
   * this moment.
   */
  tidy(): boolean {
    return emptyLog(this.#db);
  }

  /** Tells whether a key was destroyed; one that is neither there nor destroyed is lost. */
  isDestroyed(id: string): boolean {
    return this.#db.prepare("SELECT 1 FROM destroyed WHERE id = ?").get(id) !== undefined;
  }

  /** Takes over keys and destructions that another copy of the file knows; what is destroyed in either stays so. */
  takeOver(file: string): void {
    this.#db.prepare("ATTACH ? AS other").run(file);
    try {
      this.#db.transaction(() => {
        this.#db.exec("INSERT OR IGNORE INTO destroyed SELECT * FROM other.destroyed");
        this.#db.exec("INSERT OR IGNORE INTO keys SELECT * FROM other.keys");
        this.#db.exec("DELETE FROM keys WHERE id IN (SELECT id FROM destroyed)");
      })();
    } finally {
      this.#db.exec("DETACH other");
    }
  }

  /** All that is known of a room's keys, for another shard; what is destroyed anywhere stays so. */
  ofRoom(room: RoomId): KeysOfRoom {
    const keys = this.#db.prepare("SELECT * FROM keys WHERE room = ?").all(room) as KeyRow[];
    return {
      keys: keys.map((row) => ({ ...row, key: row.key.toString("base64") })),
      retirements: this.#db.prepare("SELECT * FROM retirements WHERE room = ?").all(room) as KeysOfRoom["retirements"],
      destroyed: this.#db.prepare("SELECT * FROM destroyed").all() as KeysOfRoom["destroyed"],
    };
  }

  /** Takes in the keys of a room that came from another shard. */
  bring({ keys, retirements, destroyed }: KeysOfRoom): void {
    const [key, retirement, gone] = [
      this.#db.prepare("INSERT OR REPLACE INTO keys VALUES (@id, @room, @who, @made_at, @retired, @key)"),
      this.#db.prepare("INSERT OR IGNORE INTO retirements VALUES (@room, @who, @at)"),
      this.#db.prepare("INSERT OR IGNORE INTO destroyed VALUES (@id, @at)"),
    ];
    this.#db.transaction(() => {
      for (const each of keys) key.run({ ...each, key: Buffer.from(each.key, "base64") });
      for (const each of retirements) retirement.run(each);
      for (const each of destroyed) gone.run(each);
      this.#db.exec("DELETE FROM keys WHERE id IN (SELECT id FROM destroyed)");
    })();
    this.#forgetRead();
  }

  /** Takes the keys of a room away, which another shard has from now on. They are not destroyed. */
  forgetRoom(room: RoomId): void {
    this.#db.transaction(() => {
      for (const table of ["keys", "retirements"]) this.#db.prepare(`DELETE FROM ${table} WHERE room = ?`).run(room);
    })();
    this.#forgetRead();
    this.tidy();
  }

  #forgetRead(): void {
    for (const known of [this.#keys, this.#present, this.#inUse]) known.clear();
  }

  close(): void {
    this.#db.close();
  }
}

type KeyRow = Omit<KeysOfRoom["keys"][number], "key"> & { readonly key: Buffer };

/** One key made of several: without any of them the others are of no use. */
function together(keys: readonly Buffer[]): Buffer {
  return Buffer.from(hkdfSync("sha256", Buffer.concat(keys), "", "org.mindminder.words-of-several", KEY_BYTES));
}

/** Bounded: what is left out is looked for in the file again. */
function keep<V>(map: Map<string, V>, key: string, value: V): void {
  if (map.size >= MOST_IN_MEMORY) map.clear();
  map.set(key, value);
}

const MEMORY = ":memory:";

/** File of keys beside a database; `:memory:` serves tests. */
export function keysBeside(database: string): string {
  return database === MEMORY || database === "" ? MEMORY : `${placeOf(database)}-keys`;
}

/** Takes over, for a restore, keys that a backup has and that were not destroyed since. */
export function mergeKeys(backup: string, database: string): void {
  if (!existsSync(backup)) return;
  const keys = new WordKeys(keysBeside(database));
  try {
    keys.takeOver(backup);
  } finally {
    keys.close();
  }
}

const opened = new WeakMap<Database.Database, WordKeys>();

/** Keys of the words in a database: opened at their first use, closed with it. */
export function wordKeysOf(db: Database.Database): WordKeys {
  const known = opened.get(db);
  if (known) return known;
  const keys = new WordKeys(keysBeside(db.name));
  opened.set(db, keys);
  const close = db.close.bind(db);
  Object.defineProperty(db, "close", {
    value: () => {
      keys.close();
      return close();
    },
  });
  return keys;
}
