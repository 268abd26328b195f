import type Database from "better-sqlite3";
import type { RoomId } from "../../protocol/identity.ts";
import { type KeyName, ROOM_ITSELF, type WordKeys, wordKeysOf } from "../../store/word-keys.ts";
import { openByKey, sealByKey } from "../../store/seal-by-key.ts";
import type { StreamId } from "../stream-id.ts";
import type { Owners } from "./words-of-entry.ts";

/** Seals texts by the keys of those whose words they are (AES-256-GCM), each bound to its place. */
export class Sealer {
  readonly #db: Database.Database;
  readonly #keys: () => WordKeys;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#keys = () => wordKeysOf(db);
  }

  /** Keys of the owners of words in a meeting. Where nobody can be found they may be anybody's in the meeting. */
  keysOf(meeting: StreamId, room: RoomId, { people, sources, everybody }: Owners): KeyName {
    const keys = this.#keys();
    const own = people.map((who) => keys.presentOf(room, who));
    const found = sources.map((source) => this.#keysOfSource(meeting, source));
    const unknown = everybody || found.some((each) => each.length === 0);
    const all = new Set([...own, ...found.flat(), ...(unknown ? this.#keysOfAll(meeting) : [])]);
    const there = [...all].filter((key) => keys.isInUse(key));
    return (there.length > 0 ? there : [keys.presentOf(room, ROOM_ITSELF)]).sort().join(" ");
  }

  #keysOfSource(meeting: StreamId, source: string): string[] {
    const sql = "SELECT DISTINCT keys FROM sealed_words WHERE meeting = ? AND source = ?";
    return split(this.#db.prepare(sql).pluck().all(meeting, source) as KeyName[]);
  }

  #keysOfAll(meeting: StreamId): string[] {
    const sql = "SELECT DISTINCT keys FROM sealed_words WHERE meeting = ? AND source IS NOT NULL";
    return split(this.#db.prepare(sql).pluck().all(meeting) as KeyName[]);
  }

  seal(text: string, name: KeyName, place: string): Buffer {
    const key = this.#keys().find(name);
    if (!key) throw new Error(`the key ${name} was there a moment ago`);
    return sealByKey(Buffer.from(text), key, place);
  }

  /** Null where a key is not there, or something was changed. */
  open(sealed: Uint8Array, name: KeyName, place: string): string | null {
    const key = this.#keys().find(name);
    return (key && openByKey(sealed, key, place)?.toString("utf8")) ?? null;
  }
}

function split(names: readonly KeyName[]): string[] {
  return [...new Set(names.flatMap((name) => name.split(" ")))];
}
