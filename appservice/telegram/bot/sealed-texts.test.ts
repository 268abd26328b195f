import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { wordyMeeting } from "../../../tests/support/erasure/wordy-meetings.ts";
import { readableUnder } from "../../../tests/support/journal/readable.ts";
import { id } from "../../../tests/support/circle/play.ts";
import { meetingId, roomId } from "../../../tests/support/protocol/ids.ts";
import { Journal } from "../../journal/journal.ts";
import { ChatOutbox } from "./chat-outbox.ts";
import { openDatabase } from "../../store/database.ts";
import { ExportedTasks } from "../../store/exported-tasks.ts";

const [ROOM, MEETING] = [roomId("!garden:hs"), meetingId("mwordy00001")];
const [TITLE, MESSAGE] = ["bobzqtitle is to be mowed", "bobzqhtml said it"];
const TASK = { target: "board", meeting: MEETING, task: "t1", room: ROOM };

/** A meeting of seven whose task waits for a task manager and whose message waits for Telegram. */
function withWaiting() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-texts-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const db = openDatabase(join(folder, "mindminder.db"));
  onTestFinished(() => void db.close());
  const [journal, tasks, chat] = [new Journal(db), new ExportedTasks(db), new ChatOutbox(db)];
  wordyMeeting(journal, MEETING, ROOM);
  tasks.want({ ...TASK, wanted: JSON.stringify({ title: TITLE }), hash: "h", status: "open" }, 1);
  chat.want(ROOM, MEETING, [{ key: "k", answers: null, parts: [MESSAGE], buttons: [] }]);
  const waiting = () => {
    const next = chat.next(ROOM, 1e9);
    return [tasks.next("board", 2)?.wanted, next && "html" in next ? next.html : null];
  };
  const bytes = (place = folder) =>
    readdirSync(place)
      .filter((name) => /\.db(-wal)?$/.test(name))
      .map((name) => readFileSync(join(place, name), "latin1"))
      .join();
  return { folder, db, journal, tasks, chat, waiting, bytes };
}

test("a task and a message that wait are in no file as they are, and are sent as they are", () => {
  const { waiting, bytes, tasks } = withWaiting();
  expect(bytes()).not.toMatch(/bobzq(title|html)/);
  expect(waiting()).toEqual([JSON.stringify({ title: TITLE }), MESSAGE]);
  expect(tasks.want({ ...TASK, wanted: JSON.stringify({ title: TITLE }), hash: "h", status: "open" }, 1)).toBe(false);
  const next = tasks.next("board", 2);
  if (next) tasks.stands(next, { id: "1", url: null, etag: null }, { hash: "h", status: "open" });
  expect(tasks.next("board", 1e9), "it stands as it should").toBeNull();
});

test("once the key of one of seven is destroyed no copy made before reads them, and what waits is sent still", async () => {
  const { folder, db, journal, waiting } = withWaiting();
  const copy = join(folder, "copy");
  mkdirSync(copy);
  db.pragma("wal_checkpoint(TRUNCATE)");
  cpSync(join(folder, "mindminder.db"), join(copy, "mindminder.db"));
  cpSync(join(folder, "mindminder.db-keys"), join(copy, "mindminder.db-keys"));
  cpSync(join(folder, "mindminder.db-keys-wal"), join(copy, "mindminder.db-keys-wal"));
  expect(readableUnder(copy), "or nothing would be proved").toMatch(/bobzqtitle[^]*bobzqhtml/);

  journal.sealing.retire(ROOM, id("bob"), 10);
  await journal.sealing.letGo(MEETING, ROOM, id("bob"));
  await journal.sealing.letGoPosts(ROOM, id("bob"));
  journal.sealing.destroy(ROOM, id("bob"));
  expect(waiting()).toEqual([JSON.stringify({ title: TITLE }), MESSAGE]);
  for (const ending of ["", "-wal"]) rmSync(join(copy, `mindminder.db-keys${ending}`), { force: true });
  cpSync(join(folder, "mindminder.db-keys"), join(copy, "mindminder.db-keys"));
  expect(readableUnder(copy)).not.toMatch(/bobzq(title|html)/);
});

test("what waits from before is sealed after the start", async () => {
  const { db, journal, waiting, bytes } = withWaiting();
  db.prepare("UPDATE exported_tasks SET wanted = ?, sealed_by = NULL").run(JSON.stringify({ title: TITLE }));
  db.prepare("UPDATE telegram_outbox SET html = ?, sealed_by = NULL").run(MESSAGE);
  expect(waiting()).toEqual([JSON.stringify({ title: TITLE }), MESSAGE]);
  expect(bytes()).toMatch(/bobzqtitle/);
  await journal.sealing.sealOlder();
  expect(waiting()).toEqual([JSON.stringify({ title: TITLE }), MESSAGE]);
  expect(bytes()).not.toMatch(/bobzq(title|html)/);
});
