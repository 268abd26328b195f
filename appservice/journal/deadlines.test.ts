import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import { nextDeadline } from "../circle/clock.ts";
import { Deadlines } from "./deadlines.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A council of two in which Ann has the word, and the deadlines that wait for it. */
function house() {
  const play = new Play().gather("ann", "bob").ask("ann", { type: "start", plan: council(), topic: "", seed: 1 });
  let at = play.at;
  const due: string[] = [];
  const deadlines = new Deadlines(
    () => at,
    (meeting) => void due.push(meeting),
  );
  const elapse = (ms: number) => {
    at += ms;
    vi.advanceTimersByTime(ms);
  };
  return { play, due, deadlines, elapse, left: () => nextDeadline(play.state)! - at };
}

test("a meeting is looked at when something falls due in it, once, and not before", () => {
  const { play, due, deadlines, elapse, left } = house();
  deadlines.arm(play.state);
  elapse(left() - 1);
  expect(due).toEqual([]);
  elapse(1);
  expect(due).toEqual([play.state.id]);
  elapse(3600_000);
  expect(due).toHaveLength(1);
});

test("a meeting that has moved on is not looked at for what it waited for before", () => {
  const { play, due, deadlines, elapse, left } = house();
  deadlines.arm(play.state);
  const before = left();
  elapse(before - 1);
  play.at += before - 1;
  play.by("ann", "pass");
  deadlines.arm(play.state);
  elapse(1);
  expect(due).toEqual([]);
  elapse(left());
  expect(due).toHaveLength(1);
});

test("nothing waits for a meeting that is forgotten, and nothing any more once the service stops", () => {
  const { play, due, deadlines, elapse, left } = house();
  deadlines.arm(play.state);
  deadlines.clear(play.state.id);
  elapse(left());
  expect(due).toEqual([]);
  deadlines.arm(play.state);
  deadlines.stop();
  deadlines.arm(play.state);
  elapse(3600_000);
  expect([due, vi.getTimerCount()]).toEqual([[], 0]);
});
