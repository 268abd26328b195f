import { expect, test } from "vitest";
import { TestRoom } from "../../tests/support/room/room.ts";

test("what erasing means is said first, and it is done when it is said again, in either language", async () => {
  const room = new TestRoom();
  expect(await room.say("@bob:hs", "!circle forget me")).toContain("erased for good");
  expect(await room.say("@bob:hs", "!circle forget me no")).toContain("erased for good");
  expect(room.erased).toEqual([]);
  expect(await room.say("@bob:hs", "!circle forget me yes")).toContain("I am erasing");
  expect(await room.say("@ann:hs", "!круг забыть меня да")).toContain("I am erasing");
  expect(room.erased).toEqual(["@bob:hs", "@ann:hs"]);
});

test("nobody has another's words erased: neither the keeper nor a moderator", async () => {
  const room = new TestRoom();
  await room.say("@ann:hs", "!circle join");
  for (const whom of ["@bob:hs", "Bob", "everybody"])
    expect(await room.say("@ann:hs", `!circle forget ${whom} yes`)).toContain("nobody those of others");
  expect(room.erased).toEqual([]);
});
