import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { stopwatch } from "../../tests/support/stopwatch.ts";
import { serve } from "../../tests/support/stack/answering-server.ts";
import { EventRouter } from "./router.ts";
import { ShardTable, shardOf } from "./shard-table.ts";
import { WaitingEvents } from "./waiting-events.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mindminder-route-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Shard that can be away; it remembers the events that it acknowledged, in their order. */
async function shard() {
  const state = { away: false, got: [] as string[], tokens: new Set<string | undefined>() };
  const address = await serve((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      state.tokens.add(request.headers.authorization);
      if (state.away) return response.writeHead(502).end();
      const { events } = JSON.parse(Buffer.concat(parts).toString("utf8")) as { events: { event_id: string }[] };
      state.got.push(...events.map(({ event_id }) => event_id));
      return response.end("{}");
    });
  });
  return { address, state };
}

function router(table: ShardTable, moving: readonly string[] = []) {
  const waiting = new WaitingEvents(join(folder, "waiting.db"));
  const addressOf = (name: string) => table.shards[name] ?? "";
  const log = pino({ level: "silent" });
  const events = new EventRouter({
    shards: Object.keys(table.shards),
    shardOf: (room) => shardOf(table, room),
    moving,
    addressOf,
    hsToken: "token",
    waiting,
    onTaken: () => {},
    log,
  });
  const end = () => (events.close(), waiting.close());
  return { events, waiting, end };
}

const event = (room: string, id: number) => ({ room_id: room, event_id: `$${id}`, type: "m.room.message" });

async function scene() {
  const [one, two] = [await shard(), await shard()];
  const table = ShardTable.parse({
    shards: { one: one.address, two: two.address },
    rooms: [
      { room: "!one:x", shard: "one" },
      { room: "!two:x", shard: "two" },
    ],
  });
  return { one: one.state, two: two.state, table };
}

test("each event goes to the shard of its room, in order, and is acknowledged when all have theirs", async () => {
  const { one, two, table } = await scene();
  const { events, waiting, end } = router(table);
  onTestFinished(end);
  await events.take([
    event("!one:x", 1),
    event("!two:x", 2),
    event("!one:x", 3),
    { event_id: "$4", type: "of no room" },
  ]);
  expect([one.got, two.got]).toEqual([
    ["$1", "$3", "$4"],
    ["$2", "$4"],
  ]);
  expect(one.tokens).toEqual(new Set(["Bearer token"]));
  expect([waiting.count("one"), waiting.count("two")]).toEqual([0, 0]);
});

test("a shard that is away stalls nobody for more than five seconds, the other one goes on, and it gets all in order", async () => {
  const { one, two, table } = await scene();
  const { events, waiting, end } = router(table);
  onTestFinished(end);
  two.away = true;
  const took = stopwatch();
  await events.take([event("!one:x", 1), event("!two:x", 2)]);
  expect(took()).toBeLessThan(5_000 + 1_000);
  expect(one.got).toEqual(["$1"]);
  expect(events.away()).toEqual(["two"]);
  const more = events.take([event("!two:x", 3)]);
  await events.take([event("!one:x", 4)]);
  expect(one.got).toEqual(["$1", "$4"]);
  await more;
  expect(waiting.count("two")).toBe(2);
  two.away = false;
  await expect.poll(() => two.got).toEqual(["$2", "$3"]);
  await expect.poll(() => events.away()).toEqual([]);
});

test("a router that is begun anew brings what waited on its disk", async () => {
  const { two, table } = await scene();
  two.away = true;
  const first = router(table);
  await first.events.take([event("!two:x", 1)]);
  first.end();
  two.away = false;
  const second = router(table);
  onTestFinished(second.end);
  await expect.poll(() => two.got).toEqual(["$1"]);
});

test("a router begun anew keeps events of a room that is on its way, and gives those of one that stays", async () => {
  const { one, two, table } = await scene();
  const first = router(table);
  for (const room of ["!one:x", "!two:x"]) first.events.hold(room);
  await first.events.take([event("!one:x", 1), event("!two:x", 2)]);
  first.end();
  const { events, waiting, end } = router(table, ["!two:x"]);
  onTestFinished(end);
  await expect.poll(() => one.got).toEqual(["$1"]);
  void events.take([event("!two:x", 3), event("!one:x", 4)]);
  await expect.poll(() => one.got).toEqual(["$1", "$4"]);
  expect([two.got, waiting.count("two")]).toEqual([[], 0]);
  events.release("!two:x", "two");
  await expect.poll(() => two.got).toEqual(["$2", "$3"]);
});
