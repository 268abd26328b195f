import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { id } from "../../../tests/support/circle/play.ts";
import { SEVEN, wordOf, wordyMeeting } from "../../../tests/support/erasure/wordy-meetings.ts";
import { readableUnder } from "../../../tests/support/journal/readable.ts";
import { eventId, meetingId, roomId } from "../../../tests/support/protocol/ids.ts";
import { openDatabase } from "../../store/database.ts";
import { Journal } from "../journal.ts";
import { Outbox } from "../outbox.ts";
import { parsePostKey } from "../parse-post-key.ts";
import { type Post, TAKEN_AWAY } from "../post.ts";
import { ofMeeting } from "../scope.ts";

const [ROOM, MEETING] = [roomId("!garden:hs"), meetingId("mwordy00001")];

/** A message with words of Ann's and Bob's. */
const POST: Post = {
  scope: ofMeeting(MEETING),
  key: parsePostKey("root"),
  room: ROOM,
  thread: null,
  type: "m.room.message",
  content: { body: `${wordOf("ann", "heard")} and ${wordOf("bob", "heard")}` },
  rests: { meeting: MEETING, ids: ["1.1", "2.1"] },
};

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "mindminder-sealing-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A database with a meeting and a message that waits to be sent. */
function withMessage() {
  const it = folder();
  const file = join(it, "mindminder.db");
  const open = () => {
    const db = openDatabase(file);
    return { db, outbox: new Outbox(db), sealing: new Journal(db).sealing };
  };
  const first = open();
  wordyMeeting(new Journal(first.db), MEETING, ROOM, "bob");
  first.outbox.want([POST]);
  first.db.close();
  return { folder: it, file, open };
}

test("a message is read by nobody who has the database alone, is sent as it was wanted, and is not wanted twice", () => {
  const { folder: all, file, open } = withMessage();
  const alone = folder();
  cpSync(file, join(alone, "mindminder.db"));
  for (const name of SEVEN) expect(readableUnder(alone), name).not.toContain(`${name}zq`);
  expect(readableUnder(all)).toContain(POST.content["body"]);
  const { db, outbox } = open();
  const next = outbox.next(ROOM);
  expect(next?.content).toEqual(POST.content);
  expect(outbox.next(ROOM)?.transactionId, "under way it is the same").toBe(next?.transactionId);
  if (next) outbox.sent(next, eventId("$root"), 1);
  expect(outbox.want([POST])).toEqual([]);
  db.close();
});

test("once somebody's key is gone an older database shows their messages no more, and what is wanted instead is sent", async () => {
  const { file, open } = withMessage();
  const older = join(folder(), "mindminder.db");
  cpSync(file, older);
  const { db, outbox, sealing } = open();
  sealing.retire(ROOM, id("bob"), 1);
  await sealing.letGo(MEETING, ROOM, id("bob"));
  await sealing.letGoPosts(ROOM, id("bob"));
  sealing.destroy(ROOM, id("bob"));
  expect(new Outbox(db).want([POST]), "others' words in it stand").toEqual([]);
  expect(outbox.next(ROOM)?.content).toEqual(POST.content);
  db.close();

  cpSync(`${file}-keys`, `${older}-keys`);
  const restored = openDatabase(older);
  const again = new Outbox(restored);
  expect(again.next(ROOM)?.content).toEqual({ [TAKEN_AWAY]: true });
  const without = { ...POST, content: { body: wordOf("ann", "heard") }, rests: { meeting: MEETING, ids: ["1.1"] } };
  expect(again.want([without])).toEqual([ROOM]);
  restored.close();
});

test("messages from before there were keys are sealed, and stay what they are", async () => {
  const { file, folder: it, open } = withMessage();
  const before = openDatabase(file);
  const clear = "UPDATE outbox SET content = ?, sealed_by = NULL";
  before.prepare(clear).run(JSON.stringify(POST.content));
  before.exec("INSERT INTO unsealed_messages (scope, key) SELECT scope, key FROM outbox");
  before.close();
  const { db, sealing, outbox } = open();
  await sealing.sealOlder();
  expect(db.prepare("SELECT COUNT(*) FROM unsealed_messages").pluck().get()).toBe(0);
  expect(outbox.want([POST])).toEqual([]);
  db.close();
  rmSync(`${file}-keys`);
  expect(readableUnder(it)).not.toContain(wordOf("bob", "heard"));
});
