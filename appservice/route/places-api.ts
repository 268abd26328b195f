import express, { type Router } from "express";
import { ApiFailure } from "../http/api-failure.ts";
import { onlyHomeserver } from "../http/appservice-api.ts";
import { PLACES, type RoomsOfShard, type ShardSeen, TakeOver } from "./router-door.ts";
import type { ShardPlaces } from "./shard-places.ts";

export type PlacesApiDeps = {
  readonly hsToken: string;
  readonly places: Pick<ShardPlaces, "of" | "move">;
  readonly roomsOf: (shard: string) => RoomsOfShard;
  /** True when a shard has not answered for so long that a standby may take its place. */
  readonly mayBeTaken: (shard: string) => boolean;
  readonly onMoved: (shard: string, address: string) => void;
};

/**
 * Side of the router on which shards learn whether they are still meant, and standbys take over; both know the
 * registration.
 */
export function placesApi({ hsToken, places, roomsOf, mayBeTaken, onMoved }: PlacesApiDeps): Router {
  const seen = (shard: string): ShardSeen => {
    const place = places.of(shard);
    if (!place) throw new ApiFailure("NO_SUCH_SHARD");
    return { ...place, rooms: roomsOf(shard), mayBeTaken: mayBeTaken(shard) };
  };
  const router = express.Router();
  router.use(PLACES, onlyHomeserver(hsToken), express.json({ limit: "4kb" }));
  router.get(`${PLACES}/:shard`, (request, response) => void response.json(seen(request.params.shard)));
  router.put(`${PLACES}/:shard`, (request, response) => {
    const { shard } = request.params;
    const order = TakeOver.safeParse(request.body);
    if (!order.success) throw new ApiFailure("BAD_BODY");
    if (!seen(shard).mayBeTaken || !places.move(shard, order.data.address, order.data.epoch))
      throw new ApiFailure("SHARD_NOT_FREE");
    onMoved(shard, order.data.address);
    response.json(seen(shard));
  });
  return router;
}
