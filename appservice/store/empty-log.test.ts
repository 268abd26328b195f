import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { roomId, personId } from "../../tests/support/protocol/ids.ts";
import { emptyLog, openDatabase } from "./database.ts";
import { WordKeys } from "./word-keys.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "mindminder-log-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Somebody who reads the file and has not come to an end, as a program that copies it. */
function reading(file: string, table: string): () => void {
  const reader = new Database(file, { readonly: true });
  reader.exec("BEGIN");
  reader.prepare(`SELECT COUNT(*) FROM ${table}`).get();
  return () => reader.close();
}

test("a log that somebody reads is not emptied, says so, and is emptied the next time", () => {
  const file = join(folder(), "state.db");
  const db = openDatabase(file);
  onTestFinished(() => void db.close());
  db.exec("CREATE TABLE said (text TEXT); INSERT INTO said VALUES ('zqwalrus')");
  emptyLog(db);
  const ends = reading(file, "said");
  db.exec("UPDATE said SET text = '--------'");
  expect(emptyLog(db)).toBe(false);
  ends();
  expect(emptyLog(db)).toBe(true);
  expect(readFileSync(`${file}-wal`)).toHaveLength(0);
  expect(readFileSync(file, "latin1")).not.toContain("zqwalrus");
});

test("a key that is destroyed while its file is copied is not left in the log beside it", () => {
  const file = join(folder(), "state.db-keys");
  const keys = new WordKeys(file);
  onTestFinished(() => keys.close());
  const [room, who] = [roomId("!room"), personId("@ann:hs")];
  const key = keys.presentOf(room, who);
  const secret = keys.find(key)!.export();
  const holds = () => [file, `${file}-wal`].some((each) => readFileSync(each).includes(secret));
  expect(holds()).toBe(true);
  const ends = reading(file, "keys");
  keys.retire(room, who, 1);
  keys.destroy(keys.retiredOf(room, who));
  expect([keys.find(key), keys.tidy()]).toEqual([null, false]);
  ends();
  expect(keys.tidy()).toBe(true);
  expect(holds()).toBe(false);
});
