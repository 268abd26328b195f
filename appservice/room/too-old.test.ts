import { expect, test } from "vitest";
import type { RoomEvent } from "./room-event.ts";
import { isTooOld } from "./too-old.ts";

const sent = (at: number, age?: number) =>
  ({ origin_server_ts: at, ...(age === undefined ? {} : { unsigned: { age } }) }) as RoomEvent;
const MINUTES = 60_000;

test.each([
  ["just now, by a homeserver whose clock is an hour behind", sent(-60 * MINUTES, 50), false],
  ["just now, after our clock was set an hour back", sent(60 * MINUTES, 50), false],
  ["three minutes ago, by a homeserver whose clock is ahead", sent(60 * MINUTES, 3 * MINUTES), true],
  ["a minute ago, by a homeserver that gives no age", sent(-1 * MINUTES), false],
  ["three minutes ago, by a homeserver that gives no age", sent(-3 * MINUTES), true],
])("what was said %s", (_, event, old) => {
  expect(isTooOld(event, () => 0)).toBe(old);
});
