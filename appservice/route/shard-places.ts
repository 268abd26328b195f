import type Database from "better-sqlite3";
import type { ShardTable } from "./shard-table.ts";
import { openRouterFile } from "./router-file.ts";

/** Address at which a shard is reached. `epoch` counts those who had it, one after another. */
export type ShardPlace = { readonly address: string; readonly epoch: number };

/** Addresses of the shards: the table's, or of the standby that took over since. On the router's disk. */
export class ShardPlaces {
  readonly #db: Database.Database;
  readonly #table: ShardTable;

  constructor(file: string, table: ShardTable) {
    this.#table = table;
    this.#db = openRouterFile(
      file,
      "CREATE TABLE IF NOT EXISTS places (shard TEXT PRIMARY KEY, epoch INTEGER NOT NULL, address TEXT NOT NULL, named TEXT NOT NULL)",
    );
  }

  /** Place of a shard; null where the table names none. An admin who writes another address into the table means it. */
  of(shard: string): ShardPlace | null {
    const named = this.#table.shards[shard];
    if (named === undefined) return null;
    const kept = this.#kept(shard);
    if (!kept) return { address: named, epoch: 1 };
    return kept.named === named ? kept : this.#set(shard, named, kept.epoch + 1);
  }

  /** Gives a shard another address, for those who know which it had; null where it has another by now. */
  move(shard: string, address: string, epoch: number): ShardPlace | null {
    const now = this.of(shard);
    return now?.epoch === epoch ? this.#set(shard, address, epoch + 1) : null;
  }

  close(): void {
    this.#db.close();
  }

  #kept(shard: string): (ShardPlace & { readonly named: string }) | null {
    const row = this.#db.prepare("SELECT address, epoch, named FROM places WHERE shard = ?").get(shard);
    return (row as (ShardPlace & { readonly named: string }) | undefined) ?? null;
  }

  #set(shard: string, address: string, epoch: number): ShardPlace {
    this.#db
      .prepare("INSERT OR REPLACE INTO places (shard, epoch, address, named) VALUES (?, ?, ?, ?)")
      .run(shard, epoch, address, this.#table.shards[shard]);
    return { address, epoch };
  }
}
