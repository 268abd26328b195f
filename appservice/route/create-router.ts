import type { Server } from "node:http";
import { join } from "node:path";
import type { Logger } from "pino";
import { MovedRooms } from "./moved-rooms.ts";
import { RequestsUnderWay } from "./requests-under-way.ts";
import { RoomMover } from "./room-mover.ts";
import { EventRouter } from "./router.ts";
import { routerMetrics } from "./router-metrics.ts";
import { routerServer } from "./router-server.ts";
import { ShardPlaces } from "./shard-places.ts";
import type { ShardTable } from "./shard-table.ts";
import { ShardWatch } from "./shard-watch.ts";
import { WaitingEvents } from "./waiting-events.ts";

export type RouterOptions = {
  readonly table: ShardTable;
  /** Folder of events whose shard is away, and of the shards' places. It is there. */
  readonly folder: string;
  readonly hsToken: string;
  /** Time for which a shard has not answered before a standby may take it over. */
  readonly standbyAfterMs: number;
  readonly log: Logger;
};

/**
 * Router with all that belongs to it. `server` does not listen yet; `close` ends it, and resolves once nobody is
 * answered any more.
 */
export type Router = { readonly server: Server; readonly close: () => Promise<void> };

export function createRouter({ table, folder, hsToken, standbyAfterMs, log }: RouterOptions): Router {
  const waiting = new WaitingEvents(join(folder, "waiting.db"));
  const places = new ShardPlaces(join(folder, "places.db"), table);
  const shards = Object.keys(table.shards);
  const addressOf = (shard: string) => places.of(shard)?.address ?? "";
  const watch = new ShardWatch({ shards, addressOf });
  const awayFor = (shard: string) => watch.awayFor(shard);
  const metrics = routerMetrics({ shards, awayFor, waiting: (shard) => waiting.count(shard) });
  const moved = new MovedRooms(join(folder, "moved.db"), table);
  const shardOf = (room: string) => moved.shardOf(room);
  const [moving, onTaken] = [moved.notBegun(), metrics.countEvents];
  const events = new EventRouter({ shards, shardOf, moving, addressOf, hsToken, waiting, onTaken, log });
  const requests = new RequestsUnderWay();
  const isShard = (name: string) => name in table.shards;
  const onDone = metrics.countRoom;
  const mover = new RoomMover({ moved, addressOf, isShard, hsToken, events, requests, onDone, log });
  const server = routerServer({
    shards,
    shardOf,
    events,
    mover,
    requests,
    metrics,
    hsToken,
    places,
    roomsOf: (shard) => moved.of(shard),
    mayBeTaken: (shard) => awayFor(shard) >= standbyAfterMs,
    onMoved: (shard, address) => {
      log.warn({ shard, address }, "a standby has taken a shard over");
      metrics.countMoved(shard);
      watch.forget(shard);
      events.moved(shard);
    },
    log,
  });
  const close = () =>
    new Promise<void>((closed) => {
      mover.close();
      events.close();
      watch.close();
      server.closeAllConnections();
      server.close(() => {
        waiting.close();
        places.close();
        moved.close();
        closed();
      });
    });
  return { server, close };
}
