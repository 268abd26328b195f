import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDatabase } from "../store/database.ts";
import { eventId } from "../../tests/support/protocol/ids.ts";
import type { EncryptedEvent } from "./acts.ts";
import { KeyStore } from "./key-store.ts";
import { EventReading, type EventReadingDeps } from "./reading.ts";

const [BOT, ANN] = ["@bot:hs", "@ann:hs"];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A service whose device has no keys. */
function keyless() {
  const [told, asked, unread]: [string[], string[], string[]] = [[], [], []];
  const ask = (async (act: string, event: EncryptedEvent) => {
    if (act === "askForKey") asked.push(event.event_id);
    return { unread: "no-key", session: "s", why: "no key" };
  }) as EventReadingDeps["thread"]["ask"];
  const reading = new EventReading({
    thread: { ask },
    store: new KeyStore(openDatabase(":memory:")),
    log: pino({ level: "silent" }),
    now: Date.now,
    self: BOT,
    types: new Set(["m.room.message"]),
    onUnread: (reason) => unread.push(reason),
    tell: ({ event_id: id }) => told.push(id),
  });
  const open = async (sender: string, id: string) => {
    const opening = reading.open({
      event_id: eventId(id),
      room_id: "!r:hs",
      type: "m.room.encrypted",
      sender,
      origin_server_ts: Date.now(),
      content: { session_id: "s" },
    });
    await vi.advanceTimersByTimeAsync(20_000);
    return opening;
  };
  return { open, told, asked, unread };
}

test("the key of what somebody wrote is asked for, and the room is told, once for all that they owe", async () => {
  const { open, told, asked, unread } = keyless();
  expect([await open(ANN, "$1"), await open(ANN, "$2")]).toEqual(["later", "later"]);
  expect([asked, told]).toEqual([["$1"], ["$1"]]);
  expect(unread).toEqual(["no-key", "no-key"]);
});

test("nobody is told that the bot cannot read what it said itself before its database was lost", async () => {
  const { open, told, asked, unread } = keyless();
  expect(await open(BOT, "$1")).toBe("never");
  expect([told, asked, unread]).toEqual([[], [], []]);
});
