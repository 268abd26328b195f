import { expect, expectTypeOf, test } from "vitest";
import { MeetingId, ParticipantId, RoomId } from "./identity.ts";

test("ids of one kind are not taken for ids of another, nor is a string that nobody has looked at", () => {
  expectTypeOf<RoomId>().not.toExtend<MeetingId>();
  expectTypeOf<MeetingId>().not.toExtend<RoomId>();
  expectTypeOf<ParticipantId>().not.toExtend<RoomId>();
  expectTypeOf<string>().not.toExtend<ParticipantId>();
  expect(MeetingId.safeParse("!room:example.org").success).toBe(false);
  expect(RoomId.safeParse("m00000001").success).toBe(false);
  expect(ParticipantId.safeParse("m00000001").success).toBe(false);
});
