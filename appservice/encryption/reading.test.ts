import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDatabase } from "../store/database.ts";
import { eventId } from "../../tests/support/protocol/ids.ts";
import type { EncryptedEvent } from "./acts.ts";
import { KeyStore } from "./key-store.ts";
import { EventReading, type EventReadingDeps, type Opening } from "./reading.ts";

const [BOT, ANN] = ["@bot:hs", "@ann:hs"];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A service whose device has no keys. */
function keyless() {
  const [told, asked, unread]: [string[], string[], string[]] = [[], [], []];
  const ask = (async (act: string, event: EncryptedEvent) => {
    if (act === "askForKey") asked.push(event.event_id);
    return { unread: "no-key", session: `s${event.event_id}`, why: "no key" };
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
  const eventBy = (sender: string, id: string, sentAt = Date.now()) => ({
    event_id: eventId(id),
    room_id: "!r:hs",
    type: "m.room.encrypted",
    sender,
    origin_server_ts: sentAt,
    content: { session_id: `s${id}` },
  });
  const open = async (...event: Parameters<typeof eventBy>) => {
    const opening = reading.open(eventBy(...event));
    await vi.advanceTimersByTimeAsync(20_000);
    return opening;
  };
  /** Many at once, of somebody who owes a key already. */
  const flood = async (sender: string, count: number, sentAt = Date.now()) => {
    await open(sender, `$${sender}`, sentAt);
    for (let i = 0; i < count; i++) await reading.open(eventBy(sender, `$${sender}${i}`, sentAt));
  };
  const again: Promise<[string, Opening]>[] = [];
  reading.onAgain((event) => void again.push(reading.open(event).then((opening) => [event.event_id, opening])));
  return { open, flood, told, asked, unread, again: () => Promise.all(again), reading };
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

test("an event whose key does not come within an hour is given up, whatever time it names", async () => {
  const { open, again } = keyless();
  expect(await open(ANN, "$1", Date.now() + 1e9)).toBe("later");
  await vi.advanceTimersByTimeAsync(30 * 60_000);
  expect(await open(ANN, "$2")).toBe("later");
  expect(await again()).toEqual([]);
  await vi.advanceTimersByTimeAsync(31 * 60_000);
  expect(await again()).toEqual([["$1", "never"]]);
  await vi.advanceTimersByTimeAsync(30 * 60_000);
  expect(await again()).toEqual([
    ["$1", "never"],
    ["$2", "never"],
  ]);
});

test("whoever sends without end what nobody can read loses their own oldest, and others' late keys are waited for", async () => {
  const { open, flood, again, reading } = keyless();
  expect(await open(ANN, "$1")).toBe("later");
  await flood("@eve:hs", 2_500);
  const gone = await again();
  expect(gone).toHaveLength(2_301);
  expect(gone[0]).toEqual(["$@eve:hs", "never"]);
  expect(await open(ANN, "$2")).toBe("later");
  reading.keysCame(["s$1"]);
  expect((await again()).at(-1)).toEqual(["$1", "later"]);
});

test("however many senders do so, the next event is waited for", async () => {
  const { open, flood, again } = keyless();
  for (let i = 0; i < 12; i++) await flood(`@eve${i}:hs`, 199);
  expect(await open(ANN, "$1")).toBe("later");
  expect((await again()).map(([id]) => id)).not.toContain("$1");
});
