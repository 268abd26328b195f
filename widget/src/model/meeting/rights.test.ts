import { expect, test } from "vitest";
import { meetingOf, turnOf } from "../../../dev/made-up-meeting.ts";
import { rightsOf } from "./rights.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

const ann = { id: personId("@ann:x"), name: "Ann", mayKeep: false };
const bob = { id: personId("@bob:x"), name: "Bob", mayKeep: false };
const meeting = meetingOf(["ann", "bob"]);

test("who has the word may pass it, the others may not", () => {
  expect(rightsOf(meeting, ann)).toMatchObject({ hasWord: true, mayPass: true, mayTake: false, maySkipSelf: true });
  expect(rightsOf(meeting, bob)).toMatchObject({ hasWord: false, mayPass: false, maySkipSelf: false });
});

test("an offered word is taken, not passed", () => {
  const offered = { ...meeting, turn: turnOf(personId("@ann:x"), { status: "offered" }) };
  expect(rightsOf(offered, ann)).toMatchObject({ mayTake: true, mayPass: false, hasWord: false });
  expect(rightsOf({ ...offered, paused: true }, ann).mayTake).toBe(false);
});

test("the keeper and a moderator steer, nobody else", () => {
  expect(rightsOf(meeting, bob).maySteer).toBe(false);
  expect(rightsOf({ ...meeting, keeper: personId("@bob:x") }, bob).maySteer).toBe(true);
  expect(rightsOf(meeting, { ...bob, mayKeep: true }).maySteer).toBe(true);
  expect(rightsOf({ ...meeting, phase: "ended" }, { ...bob, mayKeep: true }).maySteer).toBe(false);
});

test("people open their own microphones before and after a meeting alone", () => {
  const open = (["gathering", "circle", "between", "ended"] as const).filter(
    (phase) => rightsOf({ ...meeting, phase }, ann).floorOpen,
  );
  expect(open).toEqual(["gathering", "ended"]);
  expect(rightsOf(null, ann).floorOpen).toBe(true);
});

test("who left does not take part any more", () => {
  const left = { ...meeting, people: meeting.people.map((person) => ({ ...person, presence: "left" as const })) };
  expect(rightsOf(left, ann).takesPart).toBe(false);
});
