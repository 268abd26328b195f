import fc from "fast-check";
import { expect, test } from "vitest";
import { ShardTable, shardOf } from "./shard-table.ts";

const tableOf = (...names: string[]) =>
  ShardTable.parse({ shards: Object.fromEntries(names.map((name) => [name, "http://127.0.0.1:1"])) });
const rooms = Array.from({ length: 3_000 }, (_, at) => `!room${at}:example.org`);

test("each shard has about as many rooms, and each room one shard, in whatever order they are named", () => {
  const placed = Object.groupBy(rooms, (room) => shardOf(tableOf("one", "two", "three"), room));
  expect(Object.keys(placed).sort()).toEqual(["one", "three", "two"]);
  for (const some of Object.values(placed)) expect(some?.length).toBeGreaterThan(850);
  expect(rooms.map((room) => shardOf(tableOf("three", "one", "two"), room))).toEqual(
    rooms.map((room) => shardOf(tableOf("one", "two", "three"), room)),
  );
});

test("a new shard takes rooms from the others, and none of them changes places otherwise", () => {
  const [before, after] = [tableOf("one", "two"), tableOf("one", "two", "three")];
  const moved = rooms.filter((room) => shardOf(before, room) !== shardOf(after, room));
  expect(new Set(moved.map((room) => shardOf(after, room)))).toEqual(new Set(["three"]));
  expect(moved.length).toBeLessThan(rooms.length * 0.4);
});

test("whatever a room is called, it has a shard", () => {
  const table = tableOf("one", "two");
  fc.assert(fc.property(fc.string(), (room) => Object.keys(table.shards).includes(shardOf(table, room))));
});

test("a room in the table is where the table says", () => {
  const table = { ...tableOf("one", "two"), rooms: [{ room: "!here:x", shard: "two" }] };
  const parsed = ShardTable.parse(table);
  expect(shardOf(parsed, "!here:x")).toBe("two");
});

test.each([
  ["twice", [1, 2].map(() => ({ room: "!a:x", shard: "one" })), /!a:x a second time/],
  ["at an unknown shard", [{ room: "!a:x", shard: "nine" }], /nine, which is not among shards/],
])("a table that names a room %s is refused in words", (_, exceptions, said) => {
  const { error } = ShardTable.safeParse({ shards: { one: "http://127.0.0.1:1" }, rooms: exceptions });
  expect(error?.issues[0]?.message).toMatch(said);
});

test("a table without a shard is none", () => {
  expect(ShardTable.safeParse({ shards: {} }).success).toBe(false);
});
