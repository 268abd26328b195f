import { expect, test } from "vitest";
import { TestRoom } from "../../tests/support/room/room.ts";

test("who is banned is out at once, whatever the room's queue is still at", async () => {
  const room = new TestRoom();
  const before = room.say("@ann:hs", "!circle join");
  const banned = room.happens("m.room.member", "@ann:hs", { membership: "ban" }, { state_key: "@bob:hs" });
  expect(room.gone).toEqual(["@bob:hs"]);
  await Promise.all([before, banned]);
});

test("a change of name, and the bot's own going, put nobody out", async () => {
  const room = new TestRoom();
  void room.happens(
    "m.room.member",
    "@bob:hs",
    { membership: "join", displayname: "Robert" },
    { state_key: "@bob:hs" },
  );
  expect(room.gone).toEqual([]);
});
