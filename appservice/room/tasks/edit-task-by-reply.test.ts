import { beforeEach, expect, test } from "vitest";
import type { Task } from "../../protocol/meeting-record.ts";
import { ROOM, TestRoom } from "../../../tests/support/room/room.ts";

let room: TestRoom;
const madeBy = { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: 1 } as const;
const task = () => room.meetings.of(ROOM)!.record.minutes[0]!.result as { tasks: Task[] };
const reply = (who: string, body: string, more: object = {}) =>
  room.say(who, body, { "m.relates_to": { "m.in_reply_to": { event_id: "$task" } }, ...more });

beforeEach(async () => {
  room = new TestRoom();
  for (const who of ["@ann:hs", "@bob:hs"]) await room.say(who, "!circle join");
  await room.say("@ann:hs", "!circle start");
  const { id } = room.meetings.of(ROOM)!.meeting;
  const suggestion: Task = {
    id: "t1",
    title: "Water the roofs",
    owner: null,
    due: null,
    from: ["1.1"],
    status: "suggested",
  };
  room.meetings.note(id, {
    type: "minutes-made",
    entry: { about: { kind: "meeting" }, madeBy, result: { form: "tasks", tasks: [suggestion] } },
  });
  room.stands("task:t1", "$task");
});

test("a reply to a task says who and by when; that confirms it", async () => {
  expect(await reply("@bob:hs", "Bob by Friday")).toBe("✅");
  expect(task().tasks).toMatchObject([{ owner: "@bob:hs", due: "2026-03-06", status: "open" }]);
  expect(await reply("@bob:hs", "title: Water all roofs")).toBe("✅");
  expect(await reply("@bob:hs", "title: Water all roofs")).toBe("It already says that.");
  expect(task().tasks).toMatchObject([{ title: "Water all roofs" }]);
});

test("what is not understood, or not theirs to change, is answered and changes nothing", async () => {
  expect(await reply("@ann:hs", "Bob can surely do that")).toMatch(
    /^I do not understand “Bob can surely do that”; the task stays as it is\./,
  );
  await reply("@ann:hs", "Ann");
  expect(await reply("@bob:hs", "Bob")).toMatch(/keeper or a moderator/);
  expect(task().tasks).toMatchObject([{ owner: "@ann:hs" }]);
  expect([...room.meetings.of(ROOM)!.record.comments]).toEqual([]);
});

test("what only stands in the task's thread is a comment", async () => {
  await room.say("@bob:hs", "Bob", {
    "m.relates_to": {
      rel_type: "m.thread",
      event_id: "$root",
      is_falling_back: true,
      "m.in_reply_to": { event_id: "$task" },
    },
  });
  expect(task().tasks).toMatchObject([{ owner: null, status: "suggested" }]);
  expect([...room.meetings.of(ROOM)!.record.comments]).toMatchObject([{ text: "Bob" }]);
});

test("odd mentions do no harm, and a command as a reply stays a command", async () => {
  expect(await reply("@bob:hs", "Bob", { "m.mentions": { user_ids: [7] } })).toBe("✅");
  expect(await reply("@ann:hs", "!circle correct roofs => beds")).toBe("✅");
  expect(task().tasks).toMatchObject([{ title: "Water the beds", owner: "@bob:hs" }]);
});
