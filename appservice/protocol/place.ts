import type { RingNumber, RoomId } from "./identity.ts";

/** One ring of the assembly in a room. */
export type RingPlace = { readonly room: RoomId; readonly ring: RingNumber };

/** CirclePlace in which a meeting is held and a call goes on: a room as a whole, or one ring of the assembly in it. */
export type CirclePlace = RoomId | RingPlace;

export function roomAt(place: CirclePlace): RoomId {
  return typeof place === "string" ? place : place.room;
}

/** Number of the ring; null: it is the room as a whole. */
export function ringAt(place: CirclePlace): RingNumber | null {
  return typeof place === "string" ? null : place.ring;
}

/** Number, which no ring has, of the call in which all rings hear the keeper. */
const TO_ALL = 0;

export function placeOfAll(room: RoomId): RingPlace {
  return { room, ring: TO_ALL };
}

export function isPlaceOfAll(place: CirclePlace): boolean {
  return ringAt(place) === TO_ALL;
}

export function placeIn(room: RoomId, ring: RingNumber | null | undefined): CirclePlace {
  return ring === null || ring === undefined ? room : { room, ring };
}

/** Things by the place that they belong to. */
export class ByPlace<Thing> {
  readonly #rooms = new Map<RoomId, Map<RingNumber | null, Thing>>();

  get(place: CirclePlace): Thing | undefined {
    return this.#rooms.get(roomAt(place))?.get(ringAt(place));
  }

  set(place: CirclePlace, thing: Thing): void {
    const room = roomAt(place);
    const things = this.#rooms.get(room) ?? new Map<RingNumber | null, Thing>();
    this.#rooms.set(room, things.set(ringAt(place), thing));
  }

  delete(place: CirclePlace): void {
    const things = this.#rooms.get(roomAt(place));
    things?.delete(ringAt(place));
    if (things?.size === 0) this.#rooms.delete(roomAt(place));
  }

  clear(): void {
    this.#rooms.clear();
  }

  /** All that belong to a room: its own, and those of its rings. */
  inRoom(room: RoomId): Thing[] {
    return [...(this.#rooms.get(room)?.values() ?? [])];
  }

  /** Addresses of a room to which something belongs. */
  placesIn(room: RoomId): CirclePlace[] {
    return [...(this.#rooms.get(room)?.keys() ?? [])].map((ring) => placeIn(room, ring));
  }

  places(): CirclePlace[] {
    return [...this.#rooms.keys()].flatMap((room) => this.placesIn(room));
  }

  values(): Thing[] {
    return [...this.#rooms.values()].flatMap((things) => [...things.values()]);
  }
}
