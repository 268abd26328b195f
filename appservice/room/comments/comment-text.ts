import type { RoomEvent } from "../room-event.ts";

/** Most letters of a comment that the record takes. */
export const MOST_LETTERS = 2_000;

/** Time of a message, in whole milliseconds; no homeserver's clock is believed to stand before 1970. */
export function timeOf({ origin_server_ts: sentAt }: Pick<RoomEvent, "origin_server_ts">): number {
  return Math.max(Math.round(sentAt), 0);
}
