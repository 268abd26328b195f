import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Request, Router } from "express";
import { ApiFailure } from "../http/api-failure.ts";
import { onlyHomeserver } from "../http/appservice-api.ts";
import { exactRouter } from "../http/exact.ts";
import { RoomId } from "../protocol/identity.ts";
import { SHARD_ROOMS } from "../route/router-door.ts";
import { MIGRATIONS } from "../store/migrations/migrations.ts";
import type { ShardRooms } from "./shard-rooms.ts";

/** Side of a shard on which the router moves rooms; both know the registration. */
export function shardDoor(rooms: ShardRooms, hsToken: string): Router {
  const router = exactRouter();
  router.use(SHARD_ROOMS, onlyHomeserver(hsToken));
  router.get(`${SHARD_ROOMS}/:room`, async (request, response) => {
    await rooms.settle(roomOf(request));
    response.json({ form: MIGRATIONS.length });
  });
  router.post(`${SHARD_ROOMS}/:room/leave`, async (request, response) => {
    const lines = rooms.leave(roomOf(request));
    // Refused before anything is answered, or not at all.
    const first = await lines.next();
    response.type("application/x-ndjson");
    await pipeline(Readable.from(withFirst(first, lines)), response).catch(() => {}); // the router sees that it broke off
  });
  router.put(`${SHARD_ROOMS}/:room`, async (request, response) => {
    await rooms.take(roomOf(request), request);
    response.json({});
  });
  router.post(`${SHARD_ROOMS}/:room/begin`, (request, response) => {
    rooms.begin(roomOf(request));
    response.json({});
  });
  router.post(`${SHARD_ROOMS}/:room/forget`, async (request, response) => {
    await rooms.forget(roomOf(request));
    response.json({});
  });
  return router;
}

async function* withFirst(
  first: IteratorResult<string, unknown>,
  rest: AsyncGenerator<string>,
): AsyncGenerator<string> {
  if (!first.done) yield first.value;
  yield* rest;
}

function roomOf(request: Request): RoomId {
  const room = RoomId.safeParse(request.params["room"]);
  if (!room.success) throw new ApiFailure("BAD_BODY");
  return room.data;
}
