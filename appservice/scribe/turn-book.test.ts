import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";
import { TurnBook } from "./turn-book.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const meeting = "m12345678";
const speaker = "@ann:example.org";
const listen = (turn: number): ToScribe => ({ type: "listen", meeting, turn, speaker, language: "en", vocabulary: [], call: { url: "ws://x", token: "t" } });
const stop = (turn: number): ToScribe => ({ type: "stop", meeting, turn });
const drained = (turn: number): FromScribe => ({ type: "drained", meeting, turn });
const final = (turn: number, piece: number): FromScribe => ({
  type: "final", meeting, turn, speaker, piece, startedAt: 0, endedAt: 1, language: "en", text: "word", engine: { id: "e", model: "m" },
});

function open() {
  const told: string[] = [];
  const stuck: number[] = [];
  const book = new TurnBook({
    say: (message) => told.push("piece" in message ? `${message.type} ${message.turn}.${message.piece}` : "turn" in message ? `${message.type} ${message.turn}` : message.type),
    onStuck: (turn) => stuck.push(turn.turn),
    stuckAfterMs: 1_000,
  });
  return { book, told, stuck };
}

test("a process that dies while it writes: the turn is failed and drained", () => {
  const { book, told } = open();
  book.note(listen(1));
  book.heard(final(1, 1));
  book.note(stop(1));
  book.crashed();
  expect(told).toEqual(["final 1.1", "failed 1", "drained 1"]);
  expect(book.running()).toEqual([]);
});

test("a turn that still runs is listened to again, and its pieces count on", () => {
  const { book, told } = open();
  book.note(listen(1));
  book.heard(final(1, 1));
  book.heard(final(1, 2));
  book.crashed();
  expect(book.running()).toEqual([listen(1)]);
  book.heard(final(1, 1));
  book.note(stop(1));
  book.heard(drained(1));
  expect(told).toEqual(["final 1.1", "final 1.2", "failed 1", "final 1.3", "drained 1"]);
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
