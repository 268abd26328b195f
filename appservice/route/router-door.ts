import { z } from "zod";
import { RoomId } from "../protocol/identity.ts";
import { timeLimit } from "../time/time.ts";

/** Path of the router below which shards and their standbys ask for places. */
export const PLACES = "/route/shards";

/** Path of the router below which rooms are moved. */
export const MOVES = "/route/rooms";

/** Path of a shard below which the router orders rooms to come and go. */
export const SHARD_ROOMS = "/shard/rooms";

export const MoveOrder = z.strictObject({ shard: z.string().min(1) });

/** `here`, `gone`: rooms that a shard has, or has not, whatever its table says. `moving`: it is not decided yet. */
const RoomsOfShard = z.object({ here: z.array(RoomId), gone: z.array(RoomId), moving: z.array(RoomId) });
export type RoomsOfShard = z.infer<typeof RoomsOfShard>;

/** A shard as its router sees it. */
export const ShardSeen = z.object({
  rooms: RoomsOfShard.default({ here: [], gone: [], moving: [] }),
  address: z.string(),
  epoch: z.number().int().positive(),
  /** True when it has not answered for so long that a standby may take its place. */
  mayBeTaken: z.boolean(),
});
export type ShardSeen = z.infer<typeof ShardSeen>;

/** Order by which a standby takes a shard over; `epoch` is the one that it saw. */
export const TakeOver = z.strictObject({
  address: z.url({ protocol: /^https?$/ }),
  epoch: z.number().int().positive(),
});
export type TakeOver = z.infer<typeof TakeOver>;

/** Tells whether two addresses are the same place. */
export const isSamePlace = (one: string, other: string) => new URL(one).href === new URL(other).href;

const ANSWERS_WITHIN_MS = 5_000;

/** The router, as shards and standbys ask it. Rejects where it cannot be reached. */
export class RouterDoor {
  readonly #url: URL;
  readonly #token: string;

  constructor(router: string, shard: string, hsToken: string) {
    this.#url = new URL(`${PLACES}/${shard}`, router);
    this.#token = hsToken;
  }

  async look(): Promise<ShardSeen> {
    const answer = await this.#ask("GET");
    if (!answer.ok) throw new Error(`the router answered ${answer.status}`);
    return ShardSeen.parse(await answer.json());
  }

  /** Takes the shard over; null where it is not to be had, because it is back or another was quicker. */
  async take(order: TakeOver): Promise<ShardSeen | null> {
    const answer = await this.#ask("PUT", order);
    if (answer.status === 409) return null;
    if (!answer.ok) throw new Error(`the router answered ${answer.status}`);
    return ShardSeen.parse(await answer.json());
  }

  #ask(method: "GET" | "PUT", body?: TakeOver): ReturnType<typeof fetch> {
    return fetch(this.#url, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: timeLimit(ANSWERS_WITHIN_MS),
    });
  }
}
