import type Database from "better-sqlite3";
import type { RoomId } from "../protocol/identity.ts";
import type { RoomsOfShard } from "./router-door.ts";
import { type ShardTable, shardOf } from "./shard-table.ts";
import { openRouterFile } from "./router-file.ts";

/** `moving`: not decided yet. `moved`, `undone`: decided, and not all of it is done. */
export type MoveState = "moving" | "moved" | "undone";

/**
 * Move of a room that is under way. `begun`: whoever has the room now goes on with it, and what is left is to be tidied
 * up.
 */
export type RoomMove = {
  readonly room: RoomId;
  readonly source: string;
  readonly target: string;
  readonly state: MoveState;
  readonly begun: boolean;
};

type Row = Omit<RoomMove, "begun"> & { readonly begun: number };

/**
 * Rooms that were moved, on the router's disk: by what stands here a room is one shard's at any moment. An admin who
 * then names a room in the table otherwise means it.
 */
export class MovedRooms {
  readonly #db: Database.Database;
  readonly #table: ShardTable;

  constructor(file: string, table: ShardTable) {
    this.#table = table;
    this.#db = openRouterFile(
      file,
      `
      CREATE TABLE IF NOT EXISTS moved (room TEXT PRIMARY KEY, shard TEXT NOT NULL, named TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS moves (room TEXT PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL,
        state TEXT NOT NULL, begun INTEGER NOT NULL DEFAULT 0);
    `,
    );
    // Nobody goes on with a move whose router ended: the room stays where it was.
    this.#db.exec("UPDATE moves SET state = 'undone' WHERE state = 'moving'");
  }

  /** Shard of a room. */
  shardOf(room: string): string {
    const row = this.#db.prepare("SELECT shard, named FROM moved WHERE room = ?").get(room);
    const moved = row as { shard: string; named: string } | undefined;
    const isMeant = moved && moved.named === this.#named(room) && moved.shard in this.#table.shards;
    return isMeant ? moved.shard : shardOf(this.#table, room);
  }

  begin(room: RoomId, target: string): RoomMove {
    const source = this.shardOf(room);
    this.#db
      .prepare("INSERT INTO moves (room, source, target, state) VALUES (?, ?, ?, 'moving')")
      .run(room, source, target);
    return { room, source, target, state: "moving", begun: false };
  }

  /** Decides a move: from here on the room is the one shard's or the other's. */
  decide(move: RoomMove, state: "moved" | "undone"): RoomMove {
    this.#db.transaction(() => {
      this.#db.prepare("UPDATE moves SET state = ? WHERE room = ?").run(state, move.room);
      if (state === "moved")
        this.#db
          .prepare("INSERT OR REPLACE INTO moved (room, shard, named) VALUES (?, ?, ?)")
          .run(move.room, move.target, this.#named(move.room));
    })();
    return { ...move, state };
  }

  begun({ room }: RoomMove): void {
    this.#db.prepare("UPDATE moves SET begun = 1 WHERE room = ?").run(room);
  }

  done({ room }: RoomMove): void {
    this.#db.prepare("DELETE FROM moves WHERE room = ?").run(room);
  }

  underWay(): RoomMove[] {
    const rows = this.#db.prepare("SELECT room, source, target, state, begun FROM moves").all() as Row[];
    return rows.map((row) => ({ ...row, begun: row.begun === 1 }));
  }

  /** Rooms on their way, with which no shard has begun yet. */
  notBegun(): RoomId[] {
    return this.underWay().flatMap(({ room, begun }) => (begun ? [] : [room]));
  }

  /** Rooms that a shard has, or has not, whatever its table says. */
  of(shard: string): RoomsOfShard {
    const moved = this.#db.prepare("SELECT room FROM moved").pluck().all() as RoomId[];
    const underWay = this.underWay();
    const came = underWay.flatMap(({ room, target, state }) => (state === "undone" && target === shard ? [room] : []));
    const isAbout = ({ source, target }: RoomMove) => source === shard || target === shard;
    return {
      here: moved.filter((room) => this.shardOf(room) === shard),
      gone: [...new Set([...moved.filter((room) => this.shardOf(room) !== shard), ...came])],
      moving: underWay.flatMap((move) => (move.state === "moving" && isAbout(move) ? [move.room] : [])),
    };
  }

  close(): void {
    this.#db.close();
  }

  #named(room: string): string {
    return this.#table.rooms.find((one) => one.room === room)?.shard ?? "";
  }
}
