import { expect, test } from "vitest";
import { TestRoom } from "../../tests/support/room/room.ts";

test("who asks for a task manager where there is none is told so", async () => {
  expect(await new TestRoom().say("@ann:hs", "!circle export")).toContain("No task manager is set up");
});

test("a moderator chooses among those that are set up, sees it in the list, and lets it be again", async () => {
  const room = new TestRoom();
  room.targets.push({ name: "board", type: "github" }, { name: "dav", type: "caldav" });
  expect(await room.say("@bob:hs", "!circle export use board")).toContain("Only the keeper");
  expect(await room.say("@ann:hs", "!circle export use bord")).toBe("There is no “bord” here. Available: board, dav.");
  expect(await room.say("@ann:hs", "!circle export now")).toContain("in the room only");
  expect(await room.say("@ann:hs", "!circle export use Board")).toContain("also go to board");
  expect(await room.say("@bob:hs", "!circle export list")).toBe(
    "Task managers on this server\n• board: github (this room’s: 2 synced, 1 pending.)\n• dav: caldav\n“!circle export use NAME” sends this room’s tasks there.",
  );
  expect(await room.say("@ann:hs", "!круг экспорт нет")).toContain("Nothing more will be sent");
  expect(await room.say("@ann:hs", "!circle export use")).toContain("Usage: ");
});
