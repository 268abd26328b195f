import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express, { type RequestHandler } from "express";
import { pino } from "pino";
import { expect, onTestFinished } from "vitest";
import { answerFailures } from "../../../appservice/http/api-failure.ts";
import { forgetRoom } from "../../../appservice/move/forget-room.ts";
import { OwnRooms } from "../../../appservice/move/own-rooms.ts";
import type { RoomStore } from "../../../appservice/move/pack-room.ts";
import { shardDoor } from "../../../appservice/move/shard-door.ts";
import { ShardRooms } from "../../../appservice/move/shard-rooms.ts";
import { RoomId } from "../../../appservice/protocol/identity.ts";
import { MovedRooms } from "../../../appservice/route/moved-rooms.ts";
import { RequestsUnderWay } from "../../../appservice/route/requests-under-way.ts";
import { RoomMover } from "../../../appservice/route/room-mover.ts";
import { EventRouter } from "../../../appservice/route/router.ts";
import { ShardTable, shardOf } from "../../../appservice/route/shard-table.ts";
import { WaitingEvents } from "../../../appservice/route/waiting-events.ts";
import { openDatabase } from "../../../appservice/store/database.ts";
import { Withdrawals } from "../../../appservice/store/withdrawals.ts";
import { fill, OTHER, ROOM } from "./moving-rows.ts";
import { wordKeysOf } from "../../../appservice/store/word-keys.ts";

const TOKEN = "token";
const NO_ROOM = RoomId.parse("!none:x");
const log = pino({ level: "silent" });

type Crash = { readonly order: string; readonly when: "before" | "midst" | "after" };

/** A shard whose process may die at an order, and is started again. */
async function shard(folder: string, name: string, table: () => ShardTable) {
  mkdirSync(join(folder, name));
  const database = join(folder, name, "mindminder.db");
  const db = openDatabase(database);
  const store: RoomStore = {
    database,
    wordKeys: wordKeysOf(db),
    withdrawals: new Withdrawals(database),
    spoolFolder: join(folder, name, "speech-waiting"),
    audioFolder: join(folder, name, "speech-kept"),
    audioOf: (room) => (room === ROOM ? "0123456789abcdef" : "fedcba9876543210"),
  };
  const heard: { since: number | null } = { since: null };
  const begin = (own: OwnRooms) =>
    new ShardRooms({
      db,
      store,
      own,
      isEncrypted: async () => false,
      idleIn: async () => {},
      letGo: async () => {},
      comeIn: (_, since) => void (heard.since = since),
      now: () => 1_000_000,
      log,
    });
  let own = new OwnRooms((room) => room !== NO_ROOM && shardOf(table(), room) === name);
  let rooms = begin(own);
  let door = shardDoor(rooms, TOKEN);
  let dead = false;
  let crash: Crash | null = null;
  const app = express();
  const mayDie: RequestHandler = (request, response, next) => {
    const order = request.path.split("/")[4] ?? request.method;
    const dies = () => {
      dead = true;
      crash = null;
      response.destroy();
    };
    if (dead) return void response.destroy();
    if (crash?.order !== order) return next();
    if (crash.when === "before") return dies();
    if (crash.when === "after") response.end = () => (dead || dies(), response);
    else {
      request.once("data", dies);
      response.once("pipe", dies);
    }
    return next();
  };
  const toDoor: RequestHandler = (request, response, next) => door(request, response, next);
  app.use(mayDie, toDoor, answerFailures(log));
  const server = createServer(app).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  onTestFinished(() => void (server.closeAllConnections(), server.close(), db.close()));
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === "object" ? bound?.port : 0}`,
    db,
    store,
    heard,
    has: () => own.has(ROOM),
    isDead: () => dead,
    dieAt: (at: Crash) => void (crash = at),
    /** As a start of the service does: what is another's is taken away first. */
    start: async (moved: MovedRooms) => {
      // Nothing of a process that died goes on; here it is waited for.
      await rooms.forget(NO_ROOM);
      const placed = moved.of(name);
      for (const room of placed.gone) await forgetRoom(db, store, room);
      own = new OwnRooms((room) => room !== NO_ROOM && shardOf(table(), room) === name, placed);
      rooms = begin(own);
      door = shardDoor(rooms, TOKEN);
      dead = false;
    },
  };
}

/** A router and two shards, the first of which has the rooms. */
export async function movingScene() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-moving-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  let table: ShardTable | null = null;
  const known = () => table ?? expect.fail("there is no table yet");
  const [one, two] = [await shard(folder, "one", known), await shard(folder, "two", known)];
  table = ShardTable.parse({
    shards: { one: one.address, two: two.address },
    rooms: [ROOM, OTHER].map((room) => ({ room, shard: "one" })),
  });
  fill(one);
  let router = startRouter(folder, known());
  const again = () => {
    router.end();
    router = startRouter(folder, known());
    return router;
  };
  onTestFinished(() => router.end());
  return { one, two, router, again };
}

function startRouter(folder: string, table: ShardTable) {
  const moved = new MovedRooms(join(folder, "moved.db"), table);
  const waiting = new WaitingEvents(join(folder, "waiting.db"));
  const addressOf = (name: string) => table.shards[name] ?? "";
  const shards = Object.keys(table.shards);
  const place = (room: string) => moved.shardOf(room);
  const events = new EventRouter({
    shards,
    shardOf: place,
    moving: moved.notBegun(),
    addressOf,
    hsToken: TOKEN,
    waiting,
    onTaken: () => {},
    log,
  });
  const requests = new RequestsUnderWay();
  const isShard = (name: string) => name in table.shards;
  const mover = new RoomMover({ moved, addressOf, isShard, hsToken: TOKEN, events, requests, onDone: () => {}, log });
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    for (const part of [mover, events, waiting, moved]) part.close();
  };
  return { mover, moved, end };
}
