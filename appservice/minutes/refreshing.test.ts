import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { Refreshing } from "./refreshing.ts";
import { meetingId } from "../../tests/support/protocol/ids.ts";

const QUIET = 4_000;
const entry = (plugin: string, at = 1): MinutesEntry => ({
  about: { kind: "meeting" },
  result: { form: "note", title: "", text: "" },
  madeBy: { plugin, version: "1", method: "rules", model: null, prompt: null, at },
});
const remade: string[][] = [];
let refreshing: Refreshing;

beforeEach(() => {
  vi.useFakeTimers();
  remade.length = 0;
  refreshing = new Refreshing({
    quietMs: QUIET,
    remake: (_, outdated) => void remade.push(outdated.map(({ madeBy }) => madeBy.plugin)),
  });
});
afterEach(() => {
  refreshing.close();
  vi.useRealTimers();
});

test("corrections that come close together are one burst, at the end of which all that rests on them is made anew once", () => {
  for (let changes = 1; changes <= 5; changes++) {
    refreshing.look(meetingId("m"), changes, [entry("a"), entry("b")]);
    vi.advanceTimersByTime(QUIET - 1);
    expect(remade).toEqual([]);
    refreshing.look(meetingId("m"), changes, [entry("a"), entry("b")]);
  }
  vi.advanceTimersByTime(1);
  expect(remade).toEqual([["a", "b"]]);
  refreshing.look(meetingId("m"), 5, [entry("a"), entry("b")]);
  vi.advanceTimersByTime(10 * QUIET);
  expect(remade).toHaveLength(1);
});

test("what was made meanwhile from the words before is made once more, what is right again is left alone", () => {
  refreshing.look(meetingId("m"), 1, [entry("a")]);
  vi.advanceTimersByTime(QUIET);
  refreshing.look(meetingId("m"), 1, [entry("a", 2)]);
  vi.advanceTimersByTime(QUIET);
  expect(remade).toEqual([["a"], ["a"]]);
  refreshing.look(meetingId("m"), 2, [entry("a", 2)]);
  refreshing.look(meetingId("m"), 2, []);
  vi.advanceTimersByTime(QUIET);
  expect(remade).toHaveLength(2);
});

test("meetings do not wait for one another, and nothing is made when the service stops", () => {
  refreshing.look(meetingId("m1"), 1, [entry("a")]);
  vi.advanceTimersByTime(QUIET - 1);
  refreshing.look(meetingId("m2"), 1, [entry("b")]);
  vi.advanceTimersByTime(1);
  expect(remade).toEqual([["a"]]);
  refreshing.close();
  vi.advanceTimersByTime(QUIET);
  expect(remade).toEqual([["a"]]);
});
