import { expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import { ROOM_TABLES, STAYING } from "./room-tables.ts";

const db = openDatabase(":memory:");
const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck();

test("of each table it is said whether its rows go along with their room", () => {
  const said = [...ROOM_TABLES.map(({ table }) => table), ...Object.keys(STAYING)];
  expect(said.toSorted()).toEqual((tables.all() as string[]).toSorted());
});

test("each table's rows of a room can be read, and named one by one", () => {
  for (const { table, where } of ROOM_TABLES)
    expect(db.prepare(`SELECT COUNT(*) FROM ${table} WHERE ${where}`).pluck().get({ room: "!a:x", since: 0 })).toBe(0);
});

test("a table by whose rows others are found is filled before them, and emptied after", () => {
  const order = ROOM_TABLES.map(({ table }) => table);
  for (const { table, where } of ROOM_TABLES)
    for (const [, other = ""] of where.matchAll(/FROM (\w+)/g))
      expect([table, other, order.indexOf(other) < order.indexOf(table)]).toEqual([table, other, true]);
});

test("what is still to be done with words is read before them", () => {
  const order = ROOM_TABLES.map(({ table }) => table);
  for (const open of ["words_leaving", "erasures"]) expect(order.indexOf(open)).toBeLessThan(order.indexOf("events"));
});

test("accounts that somebody joined in Telegram stay with the shard on which they did", () => {
  expect(STAYING).toHaveProperty("telegram_links");
});
