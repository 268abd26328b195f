import type Database from "better-sqlite3";
import { openRouterFile } from "./router-file.ts";

/** Events for a shard, in the order in which they came. */
export type WaitingPart = { readonly number: number; readonly body: string };

/** Events that a shard has not acknowledged yet, on the router's disk. */
export class WaitingEvents {
  readonly #db: Database.Database;

  constructor(file: string) {
    this.#db = openRouterFile(
      file,
      "CREATE TABLE IF NOT EXISTS waiting (number INTEGER PRIMARY KEY AUTOINCREMENT, shard TEXT NOT NULL, body TEXT NOT NULL)",
    );
  }

  /** Keeps the parts of a transaction, all or none; returns the number of each shard's part. */
  keep(parts: ReadonlyMap<string, string>): Map<string, number> {
    const insert = this.#db.prepare("INSERT INTO waiting (shard, body) VALUES (?, ?)");
    return this.#db.transaction(
      () => new Map([...parts].map(([shard, body]) => [shard, Number(insert.run(shard, body).lastInsertRowid)])),
    )();
  }

  first(shard: string): WaitingPart | null {
    const found = this.#db
      .prepare("SELECT number, body FROM waiting WHERE shard = ? ORDER BY number LIMIT 1")
      .get(shard);
    return (found as WaitingPart | undefined) ?? null;
  }

  /** Number of the newest part for a shard; 0: nothing waits. */
  last(shard: string): number {
    return this.#db
      .prepare("SELECT COALESCE(MAX(number), 0) FROM waiting WHERE shard = ?")
      .pluck()
      .get(shard) as number;
  }

  /** Gives what waits under one name to another, in its order. */
  give(from: string, to: string): void {
    this.#db.prepare("UPDATE waiting SET shard = ? WHERE shard = ?").run(to, from);
  }

  drop(number: number): void {
    this.#db.prepare("DELETE FROM waiting WHERE number = ?").run(number);
  }

  count(shard: string): number {
    const { n } = this.#db.prepare("SELECT COUNT(*) AS n FROM waiting WHERE shard = ?").get(shard) as { n: number };
    return n;
  }

  /** Shards for which something waits, also those that the table does not name any more. */
  shards(): string[] {
    return (this.#db.prepare("SELECT DISTINCT shard FROM waiting").all() as { shard: string }[]).map(
      ({ shard }) => shard,
    );
  }

  close(): void {
    this.#db.close();
  }
}
