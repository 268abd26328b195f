import { expect, onTestFinished, test, vi } from "vitest";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { Journal } from "../journal/journal.ts";
import type { Task } from "../protocol/meeting-record.ts";
import { openDatabase } from "../store/database.ts";

const MADE_BY = { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: 1 } as const;
const TASK: Task = { id: "t1", title: "Water the roofs", owner: null, due: null, from: ["1.1"], status: "suggested" };

/** A room as after a restart, of whose meeting before the last one a task stands in the room. */
async function later() {
  const db = openDatabase(":memory:");
  onTestFinished(() => void db.close());
  const before = new TestRoom({ db });
  await before.say("@ann:hs", "!circle join");
  await before.say("@ann:hs", "!circle start");
  const { id } = before.meetings.of(ROOM)?.meeting ?? {};
  if (!id) throw new Error("there is no meeting");
  const result = { form: "tasks" as const, tasks: [TASK] };
  before.meetings.note(id, { type: "minutes-made", entry: { about: { kind: "meeting" }, madeBy: MADE_BY, result } });
  before.stands("task:t1", "$task");
  await before.say("@ann:hs", "!circle end");
  before.at += 3 * 86_400_000;
  await before.say("@ann:hs", "!circle join");
  before.meetings.stop();
  const room = new TestRoom({ db });
  room.at = before.at + 1_000;
  const inOnePiece = vi.spyOn(Journal.prototype, "read");
  onTestFinished(() => inOnePiece.mockRestore());
  const task = async () => {
    const live = await room.meetings.readByAndBy(ROOM, id);
    return live?.record.minutes.flatMap((each) => (each.result.form === "tasks" ? each.result.tasks : []))[0];
  };
  return { room, inOnePiece, task };
}

const annotated = { "m.relates_to": { rel_type: "m.annotation", event_id: "$task", key: "☑️" } };
const replied = (body: string) => ({
  msgtype: "m.text",
  body,
  "m.relates_to": { "m.in_reply_to": { event_id: "$task" } },
});

test.each([
  { way: "a sign", type: "m.reaction", content: annotated, comes: { status: "done" } },
  {
    way: "an answer",
    type: "m.room.message",
    content: replied("title: Water all roofs"),
    comes: { title: "Water all roofs" },
  },
  {
    way: "a command",
    type: "m.room.message",
    content: replied("!circle correct Water all roofs"),
    comes: { title: "Water all roofs" },
  },
])("$way on a task of a meeting that is long over does not read it in one piece", async ({ type, content, comes }) => {
  const { room, inOnePiece, task } = await later();
  await room.happens(type, "@ann:hs", content, { event_id: "$later" });
  expect(inOnePiece).not.toHaveBeenCalled();
  expect(await task()).toMatchObject(comes);
});
