import type { RoomEvent } from "./room-event.ts";
import { wallClock } from "../time/time.ts";

/** Milliseconds after which a command is no longer meant: the service was away, and the circle has moved on. */
const TOO_OLD_MS = 2 * 60_000;

/**
 * Tells whether an event is too old, by the homeserver's own reckoning of its age, where it gives one (`unsigned.age`,
 * Client-Server API): the clocks of two machines differ, and one may be set back.
 */
export function isTooOld({ origin_server_ts: sentAt, unsigned }: RoomEvent, now: () => number = wallClock): boolean {
  return (unsigned?.age ?? now() - sentAt) > TOO_OLD_MS;
}
