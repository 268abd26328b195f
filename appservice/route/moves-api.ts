import express, { type Router } from "express";
import { ApiFailure } from "../http/api-failure.ts";
import { onlyHomeserver } from "../http/appservice-api.ts";
import { RoomId } from "../protocol/identity.ts";
import type { RoomMover } from "./room-mover.ts";
import { MoveOrder, MOVES } from "./router-door.ts";

/** Side of the router on which an admin has rooms moved. */
export function movesApi(mover: Pick<RoomMover, "move">, hsToken: string): Router {
  const router = express.Router();
  router.use(MOVES, onlyHomeserver(hsToken), express.json({ limit: "4kb" }));
  router.put(`${MOVES}/:room`, async (request, response) => {
    const [room, order] = [RoomId.safeParse(request.params.room), MoveOrder.safeParse(request.body)];
    if (!room.success || !order.success) throw new ApiFailure("BAD_BODY");
    response.json(await mover.move(room.data, order.data.shard));
  });
  return router;
}
