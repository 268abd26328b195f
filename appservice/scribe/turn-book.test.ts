import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";
import { TurnBook } from "./turn-book.ts";
import { meetingId, personId } from "../../tests/support/protocol/ids.ts";

const START = 1_000_000;
beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

const meeting = meetingId("m12345678");
const speaker = personId("@ann:example.org");
const listen = (turn: number): ToScribe => ({
  type: "listen",
  meeting,
  turn,
  speaker,
  language: "en",
  vocabulary: [],
  call: { url: "ws://x", token: "t" },
});
const stop = (turn: number): ToScribe => ({ type: "stop", meeting, turn });
const drained = (turn: number): FromScribe => ({ type: "drained", meeting, turn });
const final = (turn: number, piece: number): FromScribe => ({
  type: "final",
  meeting,
  turn,
  speaker,
  piece,
  startedAt: Date.now() - 1_000,
  endedAt: Date.now() - 300,
  language: "en",
  text: "word",
  engine: { id: "e", model: "m" },
});

function open({ spooled = -Infinity } = {}) {
  const told: string[] = [];
  const stuck: number[] = [];
  const book = new TurnBook({
    say: (message) =>
      told.push(
        "piece" in message
          ? `${message.type} ${message.turn}.${message.piece}`
          : "turn" in message
            ? `${message.type} ${message.turn}`
            : message.type,
      ),
    onStuck: (turn) => stuck.push(turn.turn),
    stuckAfterMs: 1_000,
    rescue: ({ turn }, from, to) => told.push(`rescue ${turn} ${from - START}-${to - START}`),
    spooledUntil: () => spooled,
  });
  return { book, told, stuck };
}

test("a process that dies while it writes: what was said since its last text is rescued, and the turn is drained", () => {
  const { book, told } = open();
  book.note(listen(1));
  vi.advanceTimersByTime(5_000);
  book.heard(final(1, 1));
  vi.advanceTimersByTime(3_000);
  book.note(stop(1));
  vi.advanceTimersByTime(4_000);
  book.crashed();
  expect(told).toEqual(["final 1.1", "stumbled 1", "rescue 1 4700-8200", "drained 1"]);
  expect(book.running()).toEqual([]);
});

test("what lies on the disk in pieces needs no rescue", () => {
  const { book, told } = open({ spooled: START + 7_000 });
  book.note(listen(1));
  vi.advanceTimersByTime(8_000);
  book.note(stop(1));
  book.crashed();
  expect(told).toEqual(["stumbled 1", "rescue 1 7000-8000", "drained 1"]);
});

test("the next process says from when on it hears, however often one dies before", () => {
  const { book, told } = open();
  book.note(listen(1));
  vi.advanceTimersByTime(5_000);
  for (let times = 0; times < 2; times++) {
    book.crashed();
    vi.advanceTimersByTime(3_000);
  }
  book.hears({ meeting, turn: 1 }, Date.now());
  book.hears({ meeting, turn: 1 }, Date.now());
  vi.advanceTimersByTime(2_000);
  book.crashed();
  book.note(stop(1));
  book.giveUp({ meeting, turn: 1 });
  expect(told).toEqual([
    "stumbled 1",
    "stumbled 1",
    "rescue 1 0-11000",
    "stumbled 1",
    "rescue 1 11000-13000",
    "drained 1",
  ]);
});

test("a turn that still runs is listened to again, and its pieces count on", () => {
  const { book, told } = open();
  book.note(listen(1));
  book.heard(final(1, 1));
  book.heard(final(1, 2));
  book.crashed();
  expect(book.running()).toEqual([{ ...listen(1), again: true }]);
  vi.advanceTimersByTime(3_000);
  book.hears({ meeting, turn: 1 }, Date.now());
  book.heard(final(1, 1));
  book.note(stop(1));
  book.heard(drained(1));
  expect(told).toEqual(["final 1.1", "final 1.2", "stumbled 1", "rescue 1 0-3000", "final 1.3", "drained 1"]);
});

test("a turn is drained once, whatever is said of it afterwards", () => {
  const { book, told } = open();
  book.note(listen(1));
  book.note(stop(1));
  book.heard(drained(1));
  book.heard(drained(1));
  book.heard(final(1, 1));
  book.giveUp({ meeting, turn: 1 });
  book.crashed();
  expect(told).toEqual(["drained 1"]);
});

test("the next turn may begin before the last one is drained", () => {
  const { book, told } = open();
  for (const message of [listen(1), stop(1), listen(2)]) book.note(message);
  book.heard(final(2, 1));
  book.heard(final(1, 1));
  book.heard(drained(1));
  expect(told).toEqual(["final 2.1", "final 1.1", "drained 1"]);
  expect(book.running()).toEqual([listen(2)]);
});

test("nothing is sent twice, and nothing about turns that nobody asked for", () => {
  const { book } = open();
  expect(book.note(listen(1))).toBe(true);
  expect(book.note(listen(1))).toBe(false);
  expect(book.note(stop(2))).toBe(false);
  expect(book.note(stop(1))).toBe(true);
  expect(book.note(stop(1))).toBe(false);
});

test("a process that does not finish a turn is noticed", () => {
  const { book, stuck } = open();
  book.note(listen(1));
  book.note(listen(2));
  book.note(stop(1));
  book.note(stop(2));
  book.heard(drained(1));
  vi.advanceTimersByTime(2_000);
  expect(stuck).toEqual([2]);
});
