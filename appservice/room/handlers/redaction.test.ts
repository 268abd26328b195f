import { expect, onTestFinished, test, vi } from "vitest";
import { ROOM, TestRoom } from "../../../tests/support/room/room.ts";
import { isRunning } from "../../circle/meeting.ts";
import { Journal } from "../../journal/journal.ts";
import { openDatabase } from "../../store/database.ts";

const [ANN, BOB] = ["@ann:hs", "@bob:hs"];

test("of messages that a moderator takes away that of the circle stands anew with what comes next while it runs, and no reply", async () => {
  const room = await TestRoom.running();
  room.circleStands();
  const reply = { thread: "circle:0" };
  expect(room.stands("turn:1:1", "$reply", reply)).toHaveLength(1);
  for (const redacts of ["$circle", "$reply"]) await room.happens("m.room.redaction", ANN, { redacts });
  expect(room.stands("circle:0", "$anew", { body: "going on" })).toHaveLength(1);
  expect(room.stands("turn:1:1", "$other", { ...reply, body: "in other words" })).toEqual([]);
});

test("after the meeting none of them stands anew", async () => {
  const room = await TestRoom.running();
  room.circleStands();
  await room.say(ANN, "!circle end");
  const live = room.meetings.of(ROOM);
  expect(live && isRunning(live.meeting)).toBe(false);
  await room.happens("m.room.redaction", ANN, { redacts: "$circle" });
  expect(room.stands("circle:0", "$anew", { body: "summed up" })).toEqual([]);
});

test("a meeting that is long over is read bit by bit when words in it are edited, or taken back", async () => {
  const db = openDatabase(":memory:");
  const before = new TestRoom({ db });
  const meet = async () => {
    for (const who of [ANN, BOB]) await before.say(who, "!circle join");
    await before.say(ANN, "!circle start");
  };
  await meet();
  const long = before.meetings.of(ROOM)?.meeting.id ?? expect.unreachable("it has not begun");
  const said = [];
  for (const words of ["a walrus", "a heron"]) {
    await before.say(BOB, words);
    said.push(before.last);
  }
  await before.say(ANN, "!circle end");
  await meet();

  db.prepare("UPDATE meetings SET started = 1 WHERE id = ?").run(long);
  const room = new TestRoom({ db });
  const whole = vi.spyOn(Journal.prototype, "read");
  onTestFinished(() => whole.mockRestore());
  const [walrus, heron] = said;
  const fresh = { msgtype: "m.text", body: "a lynx" };
  const edit = { ...fresh, "m.new_content": fresh, "m.relates_to": { rel_type: "m.replace", event_id: walrus } };
  await room.happens("m.room.message", BOB, edit, { event_id: "$edit" });
  await room.happens("m.room.redaction", BOB, { redacts: heron }, { event_id: "$redaction" });
  const live = await room.meetings.readByAndBy(ROOM, long);
  expect(live?.record.comments.map(({ text, removed }) => (removed ? "" : text))).toEqual(["a lynx", ""]);
  expect(whole).not.toHaveBeenCalled();
});
