import { spawnSync } from "node:child_process";
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { council, Play } from "../tests/support/circle/play.ts";
import { backUp, readBackup } from "./store/backup.ts";
import { holdDatabase } from "./store/database-lock.ts";
import { openDatabase } from "./store/database.ts";
import { Journal } from "./journal/journal.ts";
import { MIGRATIONS } from "./store/migrations/migrations.ts";
import { refuseMountedFile } from "./store/mounted.ts";
import { refuseHalfRestored, refuseToBeginAnew, restore } from "./store/restore.ts";

const NOW = Date.UTC(2026, 10, 24, 3);
const ROOM = "!room:example.org";

function place() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, database: join(folder, "mindminder.db"), to: join(folder, "backups/monday") };
}

const played = () => new Play().gather("ann", "bob").start("ann", council({ betweenSeconds: 0 }));

function written(database: string, id: string) {
  const db = openDatabase(database);
  const entries = played().journal.map((event) => ({ kind: "circle" as const, event }));
  new Journal(db).append(id as never, ROOM as never, 0, entries, NOW);
  return { db, entries };
}

test("a backup made while the service writes is whole, for its owner's eyes alone, and brings all back, the sound too", async () => {
  const { folder, database, to } = place();
  const { db, entries } = written(database, "mmeeting0001");
  mkdirSync(join(folder, "speech-kept/room"), { recursive: true });
  writeFileSync(join(folder, "speech-kept/room/a.flac"), "sound");
  expect(await backUp(database, to, NOW)).toEqual({
    madeBy: "mindminder",
    at: "2026-11-24T03:00:00.000Z",
    form: MIGRATIONS.length,
    meetings: 1,
  });
  expect(statSync(join(to, "mindminder.db")).mode & 0o077).toBe(0);

  // Later changes are not in the backup, and are not lost either: they are moved aside.
  db.prepare("DELETE FROM events").run();
  db.close();
  writeFileSync(join(folder, "speech-kept/room/b.flac"), "later");
  const aside = restore(to, database, NOW);
  expect(readdirSync(aside ?? "").sort()).toEqual(["mindminder.db", "speech-kept"]);
  const back = openDatabase(database);
  expect(new Journal(back).read("mmeeting0001" as never)).toEqual(entries);
  back.close();
  expect(readdirSync(join(folder, "speech-kept/room"))).toEqual(["a.flac"]);
});

test("a backup is never written over another, and nothing that is damaged, foreign or newer takes the database's place", async () => {
  const { database, to, folder } = place();
  written(database, "mmeeting0001").db.close();
  await expect(backUp(join(folder, "none.db"), to, NOW)).rejects.toThrow(/none\.db: there is no such database/);
  await backUp(database, to, NOW);
  await expect(backUp(database, to, NOW)).rejects.toThrow(/is there already/);
  expect(() => readBackup(folder)).toThrow(/is no backup of Mindminder/);

  const about = join(to, "backup.json");
  const said = readFileSync(about, "utf8");
  writeFileSync(about, said.replace(`"form": ${MIGRATIONS.length}`, `"form": ${MIGRATIONS.length + 1}`));
  expect(() => restore(to, database, NOW)).toThrow(/newer Mindminder/);
  writeFileSync(about, "{");
  expect(() => restore(to, database, NOW)).toThrow(/backup\.json: cannot be read/);
  writeFileSync(about, said);
  truncateSync(join(to, "mindminder.db"), 9_000);
  const before = readFileSync(database);
  expect(() => restore(to, database, NOW)).toThrow(/is damaged/);
  expect(readFileSync(database)).toEqual(before);
  expect(existsSync(database)).toBe(true);
});

test("one service at a time: a second one is told so, and a killed one leaves no lock behind", () => {
  const { database } = place();
  const letGo = holdDatabase(database);
  expect(() => holdDatabase(database, 0)).toThrow(/another Mindminder works with it\. Stop that one first/);
  letGo();
  const module = JSON.stringify(join(import.meta.dirname, "store/database-lock.ts"));
  const killed = spawnSync(process.execPath, [
    "-e",
    `import(${module}).then(({ holdDatabase }) => { holdDatabase(${JSON.stringify(database)}); process.kill(process.pid, "SIGKILL"); })`,
  ]);
  expect(killed.signal).toBe("SIGKILL");
  holdDatabase(database, 0)();
});

test("by whatever path a second one comes", () => {
  const { database } = place();
  const elsewhere = mkdtempSync(join(tmpdir(), "mindminder-link-"));
  // Links may be made before the database is there, as well as after.
  symlinkSync(database, join(elsewhere, "file.db"));
  symlinkSync(dirname(database), join(elsewhere, "folder"));
  const letGo = holdDatabase(join(elsewhere, "file.db"));
  for (const path of [
    database,
    join(elsewhere, "folder", basename(database)),
    join(dirname(database), "..", basename(dirname(database)), basename(database)),
  ]) {
    expect(() => holdDatabase(path, 0)).toThrow(/another Mindminder works with it/);
  }
  letGo();
  new Database(database).close();
  writeFileSync(database, "");
  linkSync(database, join(elsewhere, "hard.db"));
  expect(() => holdDatabase(join(elsewhere, "hard.db"), 0)).toThrow(/another name besides/);
  rmSync(elsewhere, { recursive: true });
});

test.each(MIGRATIONS.map((_, form) => form + 1))(
  "what was written in form %i of the database is found by this version",
  (form) => {
    const { database } = place();
    const old = new Database(database);
    for (const sql of MIGRATIONS.slice(0, form)) old.exec(sql);
    old.pragma(`user_version = ${form}`);
    const entries = played().journal.map((event) => ({ kind: "circle" as const, event }));
    old.prepare("INSERT INTO meetings (id, room, started) VALUES (?, ?, ?)").run("mold0000001", ROOM, NOW);
    for (const [seq, { kind, event }] of entries.entries())
      old
        .prepare("INSERT INTO events (meeting, seq, kind, body) VALUES (?, ?, ?, ?)")
        .run("mold0000001", seq, kind, JSON.stringify(event));
    old.close();
    const db = openDatabase(database);
    expect(Number(db.pragma("user_version", { simple: true }))).toBe(MIGRATIONS.length);
    expect(new Journal(db).read("mold0000001" as never)).toEqual(entries);
    expect(new Journal(db).roomOf("mold0000001" as never)).toBe(ROOM);
    db.close();
  },
);

test("before the first start, when not even the database's folder is there, there is nothing to refuse", () => {
  const database = join(place().folder, "state", "mindminder.db");
  expect(() => [refuseMountedFile(database), refuseHalfRestored(database), refuseToBeginAnew(database)]).not.toThrow();
});
