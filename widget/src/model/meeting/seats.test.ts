import { expect, test } from "vitest";
import { meetingOf, turnOf } from "../../../dev/made-up-meeting.ts";
import { myTurn } from "./my-turn.ts";
import { plainName, seatsOf } from "./seats.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

const meeting = meetingOf(["ann", "bob", "eve", "kim", "tom"], {
  done: [personId("@ann:x")],
  returns: [personId("@bob:x")],
  turn: turnOf(personId("@eve:x")),
  next: personId("@kim:x"),
});

test("each seat says how its owner stands in the circle", () => {
  const late = { id: personId("@zoe:x"), name: "zoe", presence: "call" as const, spokenMs: 0 };
  const states = seatsOf({ ...meeting, people: [...meeting.people, late] }).map(
    ({ person, state }) => `${person.name} ${state}`,
  );
  expect(states).toEqual(["ann done", "bob returns", "eve speaking", "kim next", "tom waiting", "zoe here"]);
});

test("who left has no seat; whom the ring names without a person has one", () => {
  const people = meeting.people
    .filter(({ name }) => name !== "tom")
    .map((person) => (person.name === "ann" ? { ...person, presence: "left" as const } : person));
  expect(seatsOf({ ...meeting, people }).map(({ person }) => person.name)).toEqual(["bob", "eve", "kim", "@tom:x"]);
});

test("outside a circle everybody is simply here", () => {
  expect(new Set(seatsOf({ ...meeting, phase: "gathering", ring: [] }).map(({ state }) => state))).toEqual(
    new Set(["here"]),
  );
});

test("my turn comes after those before me have used their time; a kept one at the end", () => {
  expect(myTurn(meeting, personId("@kim:x"), 1_000_000)).toEqual({ when: "next" });
  expect(myTurn(meeting, personId("@tom:x"), 1_000_000)).toEqual({ when: "later", inMs: 110_000, kept: false });
  expect(myTurn(meeting, personId("@bob:x"), 1_000_000)).toEqual({ when: "later", inMs: 170_000, kept: true });
  expect(myTurn(meeting, personId("@ann:x"), 1_000_000)).toEqual({ when: "done" });
  expect(myTurn(meeting, personId("@eve:x"), 1_000_000)).toBeNull();
  expect(myTurn(meeting, personId("@stranger:x"), 1_000_000)).toBeNull();
});

test("other people's names cannot turn the line round or fill the page", () => {
  expect(plainName("\u202Eeve\u202C\n<b>")).toBe("eve <b>");
  expect(plainName("x".repeat(500))).toHaveLength(60);
  expect(plainName("\u200B")).toBe("?");
});
