import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "./database.ts";

test("a statement is prepared once, and sees what the tables have become meanwhile", () => {
  const db = openDatabase(":memory:");
  const all = "SELECT * FROM kept_for_test";
  db.exec("CREATE TABLE kept_for_test (one); INSERT INTO kept_for_test VALUES (1)");
  expect(db.prepare(all).all()).toEqual([{ one: 1 }]);
  db.exec("ALTER TABLE kept_for_test ADD COLUMN two DEFAULT 2");
  expect(db.prepare(all).all()).toEqual([{ one: 1, two: 2 }]);
  expect(db.prepare(all)).toBe(db.prepare(all));
  expect(() => db.prepare("SELECT nothing FROM nowhere")).toThrow(Database.SqliteError);
  db.close();
});
