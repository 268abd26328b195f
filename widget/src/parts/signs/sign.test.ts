import { expect, test } from "vitest";
import { meetingOf, turnOf } from "../../../dev/made-up-meeting.ts";
import { signOf } from "./sign.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

const me = personId("@ann:x");
const bobs = meetingOf(["bob", "ann", "eve"]);

test.each([
  ["who is next", bobs, { of: "next", turn: 1 }],
  ["who has the word", { ...bobs, turn: turnOf(me, { id: 2 }) }, { of: "word", turn: 2 }],
  ["who may take the word", { ...bobs, turn: turnOf(me, { id: 2, status: "offered" }) }, { of: "word", turn: 2 }],
  ["who is after the next", { ...bobs, next: personId("@eve:x") }, null],
  ["who is next after a pause", { ...bobs, paused: true }, null],
  ["who begins the next circle", { ...bobs, phase: "between", turn: null, next: me }, null],
  ["nobody", null, null],
] as const)("the sign for %s", (_, meeting, sign) => {
  expect(signOf(meeting, me)).toEqual(sign);
});
