import type { RoomId } from "../protocol/identity.ts";
import type { RoomsOfShard } from "../route/router-door.ts";

/** Rooms that the router gave to a shard, or took from it, whatever its table says. */
type Placed = Pick<RoomsOfShard, "here" | "gone">;

/** Rooms that are this service's: all of them, unless it is a shard. */
export class OwnRooms {
  readonly #byTable: (room: RoomId) => boolean;
  readonly #moved: Map<RoomId, boolean>;

  constructor(byTable: (room: RoomId) => boolean, { here, gone }: Placed = { here: [], gone: [] }) {
    this.#byTable = byTable;
    this.#moved = new Map([
      ...here.map((room) => [room, true] as const),
      ...gone.map((room) => [room, false] as const),
    ]);
  }

  has(room: RoomId): boolean {
    return this.#moved.get(room) ?? this.#byTable(room);
  }

  set(room: RoomId, isOurs: boolean): void {
    this.#moved.set(room, isOurs);
  }
}
