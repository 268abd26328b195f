import { expect, test } from "vitest";
import type { MeetingRecord, Utterance } from "@mindminder/protocol/meeting-record.ts";
import { spokenByTurn } from "./by-turn.ts";
import { evenness } from "./evenness.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

const piece = (turn: number, startedAt: number, text: string): Utterance => ({
  id: `${turn}.${startedAt}`,
  turn,
  circle: 0,
  speaker: personId("@ann:x"),
  startedAt,
  endedAt: startedAt + 1,
  language: null,
  text,
  segments: [],
  engine: { id: "e", model: "m" },
});
const ended = (id: number, circle: number, heard: boolean): MeetingRecord["turns"][number] => ({
  id,
  circle,
  speaker: personId("@ann:x"),
  startedAt: 1,
  endedAt: 2,
  spokenMs: 1,
  reason: "passed",
  heard,
});

test("pieces of a turn are one text in the order of speaking, turns stand by circle", () => {
  const record: MeetingRecord = {
    version: 1,
    turns: [ended(1, 0, true), ended(2, 1, false)],
    comments: [],
    utterances: [piece(1, 20, "world"), piece(1, 10, " Hello "), piece(3, 5, "running")],
    minutes: [],
    remaking: [],
    corrections: [],
  };
  expect(spokenByTurn(record)).toMatchObject([
    {
      circle: 0,
      turns: [
        { id: 1, text: "Hello world", heard: true },
        { id: 3, text: "running", heard: false },
      ],
    },
    { circle: 1, turns: [{ id: 2, text: "", heard: false }] },
  ]);
});

test("talk time is even when all spoke alike, and not when one alone did", () => {
  expect(evenness([5, 5, 5])).toBeCloseTo(1);
  expect(evenness([5, 0, 0])).toBeCloseTo(0);
  expect(evenness([10, 20, 30])).toBeCloseTo(0.667, 2);
  expect(evenness([0, 0])).toBeNull();
  expect(evenness([9])).toBeNull();
});
