import { expect, test } from "vitest";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { dueByClock, nextDeadline, timing } from "./clock.ts";
import { runningCircle, type StartedMeeting, turnOf } from "./meeting.ts";

type Change = NonNullable<Parameters<typeof council>[0]>;
const trio = (change: Change = {}) => new Play().gather("ann", "bob", "eve").start("ann", council(change));
const endings = (play: Play) => play.journal.filter((event) => event.type === "turn-ended");
const marks = (play: Play) => play.journal.flatMap((event) => (event.type === "turn-marked" ? event.mark : []));
const floor = () => trio({ circles: [{ theme: "talk", kind: "open-floor", circleSeconds: 60 }, { theme: "more" }] });

test("a turn that nobody took ends as not taken, and one whose speaker stayed away as dropped", () => {
  expect(endings(trio({ accept: "by-next" }).wait(10))).toMatchObject([{ speaker: id("ann"), reason: "not-taken" }]);
  expect(endings(trio().wait(5).drop("ann").wait(15))).toMatchObject([{ speaker: id("ann"), reason: "dropped" }]);
});

test("nothing is due a moment before its time", () => {
  const play = trio({ accept: "by-next" });
  const due = nextDeadline(play.state)!;
  expect(due).toBe(play.at + 10_000);
  expect(dueByClock(play.state, due - 1)).toEqual([]);
  expect(dueByClock(play.state, due)).not.toEqual([]);
  expect(dueByClock(trio().by("ann", "pause").state, due + 3600_000)).toEqual([]);
});

test("an open floor ends at its time, not earlier, and no turn on it is cut short by that", () => {
  expect(runningCircle(floor().wait(59).state)?.kind).toBe("open-floor");
  expect(floor().wait(60).state.phase).toBe("between");
  const spoken = floor().wait(50).raise("bob").wait(20);
  expect(spoken.word).toBe("bob");
  expect(spoken.by("bob", "pass").wait(0).state.phase).toBe("between");
});

test("a round with a time of its own lets the speaker finish after it, and everybody speak", () => {
  const play = trio({ circles: [{ theme: "first", kind: "statement", circleSeconds: 30 }] }).wait(9);
  expect(turnOf(play.state)).toMatchObject({ speaker: id("ann"), limitMs: 10_000 });
  play.wait(25);
  expect(play.state.phase).toBe("circle");
  expect(play.word).not.toBe("ann");
});

test("of a turn of 50 seconds both marks come at the same moment, each once, and then the limit", () => {
  const play = trio({ turnSeconds: 50 }).wait(39);
  expect(marks(play)).toEqual([]);
  expect(marks(play.wait(1))).toEqual(["80-percent", "last-10-seconds"]);
  expect(marks(play.wait(5))).toHaveLength(2);
  expect(marks(play.wait(5))).toEqual(["80-percent", "last-10-seconds", "limit"]);
});

test("of a turn of 12 seconds the last ten begin before four fifths are over", () => {
  const play = trio({ turnSeconds: 12 });
  expect(marks(play.wait(2))).toEqual(["last-10-seconds"]);
  expect(marks(play.wait(8))).toEqual(["last-10-seconds", "80-percent"]);
});

test("where time is only shown, a turn of the round is not cut off, but one by a raised hand is", () => {
  const patient = trio({ timeout: "wait", turnSeconds: 20, handSeconds: 20, betweenSeconds: 60 }).wait(600);
  expect(patient.word).toBe("ann");
  const turn = turnOf(patient.state)!;
  expect(timing(patient.state as StartedMeeting, turn)).toMatchObject({ graceEndsAt: null });
  for (const name of ["ann", "bob", "eve"]) patient.by(name, "pass");
  expect(patient.raise("bob").wait(24).word).toBe("bob");
  expect(patient.wait(2).word).toBeNull();
  expect(endings(patient).at(-1)).toMatchObject({ speaker: id("bob"), reason: "time-up" });
});

test("the end that is drawn of a turn counts what was spent before a pause, and there is none while the clock stands", () => {
  const play = trio({ turnSeconds: 60 }).wait(20).by("ann", "pause").wait(100);
  const drawn = () => timing(play.state as StartedMeeting, turnOf(play.state)!);
  expect(drawn()).toEqual({ endsAt: null, graceEndsAt: null });
  play.by("ann", "resume");
  expect(drawn()).toEqual({ endsAt: play.at + 40_000, graceEndsAt: play.at + 45_000 });
  expect(play.wait(44).word).toBe("ann");
  expect(play.wait(1).word).toBe("bob");
});
