import { describe, expect, test } from "vitest";
import type { Shown } from "../protocol/agreement.ts";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { answerOf } from "./agreement.ts";
import { courseOf } from "./course.ts";
import { circleOf, handsOf, limitOf, type Meeting, runningCircle, startOf, turnOf } from "./meeting.ts";
import { snapshotOf } from "./snapshot.ts";
import { takenUp } from "./take-up.ts";

type Change = NonNullable<Parameters<typeof council>[0]>;
const trio = (change: Change = {}) => new Play().gather("ann", "bob", "eve").start("ann", council(change)).wait(3);

function resting(change: Change = {}): Play {
  const play = trio({ betweenSeconds: 60, ...change });
  while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
  return play;
}

/**
 * The meeting as another service takes it up that has nothing but the room, or an earlier part of the journal as well.
 */
function again(play: Play, known: Meeting | null = null, afterSeconds = 0): Play {
  const next = new Play();
  next.at = play.at + afterSeconds * 1000;
  next.meeting = takenUp(snapshotOf(play.state, play.at), courseOf(play.state), known, next.at);
  return next;
}

describe("the running circle", () => {
  test("goes on with the same speaker, whose time runs, and with those who still wait", () => {
    const play = again(trio().by("ann", "pass").wait(50));
    expect(turnOf(play.state)).toMatchObject({
      id: 2,
      speaker: id("bob"),
      status: "speaking",
      marks: ["80-percent", "last-10-seconds"],
    });
    expect(turnOf(play.state)?.startedAt).toBe(play.at - 50_000);
    expect(runningCircle(play.state)?.waiting).toEqual([id("eve")]);
    expect(play.wait(14).word).toBe("bob");
    expect(play.wait(1).word).toBe("eve");
    expect(turnOf(play.state)?.id).toBe(3);
    play.by("eve", "pass");
    expect(play.state.phase).toBe("between");
  });

  test("goes on with an offer that is still open", () => {
    const play = again(trio({ accept: "by-next" }).wait(4));
    expect(turnOf(play.state)).toMatchObject({ status: "offered", startedAt: null, runningSince: null, spentMs: 0 });
    expect(play.by("ann", "accept").refusal).toBeNull();
  });

  test("calls whoever keeps a turn at its end, for a whole turn", () => {
    const play = again(trio().by("ann", "skip"));
    expect(runningCircle(play.state)?.waiting).toEqual([id("eve")]);
    play.by("bob", "pass").by("eve", "pass");
    expect([play.word, turnOf(play.state)?.limitMs]).toEqual(["ann", 60_000]);
  });

  test("has the time that was added", () => {
    const added = trio().ask("ann", { type: "more-time", byMs: 30_000 });
    expect(limitOf(again(added).state)).toBe(90_000);
    expect(turnOf(again(added).by("ann", "pass").state)?.limitMs).toBe(90_000);
    expect(limitOf(again(trio()).state)).toBe(60_000);
  });

  test("knows that the speaker, or listeners, asked for more time", () => {
    const play = trio({ extension: "ring" }).by("ann", "pass").extend("bob", 30_000).extend("eve", 30_000);
    expect(turnOf(again(play).state)?.extensionAsked).toEqual([id("eve"), id("bob")]);
    expect(turnOf(again(trio()).state)?.extensionAsked).toEqual([]);
  });

  test("on an open floor nobody waits for a turn, and hands stay up in their order", () => {
    const play = again(
      trio({ circles: [{ theme: "talk", kind: "open-floor", circleSeconds: 600 }] })
        .raise("bob")
        .raise("eve", "clarify"),
    );
    expect(runningCircle(play.state)?.waiting).toEqual([]);
    expect(handsOf(play.state).map(({ who, hand }) => [who, hand])).toEqual([
      [id("eve"), "clarify"],
      [id("bob"), "reply"],
    ]);
    expect(turnOf(play.state)?.hand).toBe("reply");
    expect(play.by("bob", "pass").word).toBe("eve");
  });

  test("has the theme that the keeper gave it, and the plan's where they gave none", () => {
    const play = again(trio().ask("ann", { type: "set-theme", theme: "tea", circle: null }));
    expect(circleOf(play.state)).toMatchObject({ theme: "tea" });
    expect(circleOf(again(trio()).state)).not.toHaveProperty("theme");
  });

  test("began when it did, also where it has a time of its own", () => {
    const play = trio({ circles: [{ theme: "ideas", kind: "silent-writing", circleSeconds: 240 }] }).wait(20);
    expect(runningCircle(again(play).state)).toMatchObject({
      startedAt: runningCircle(play.state)?.startedAt,
      endsAt: runningCircle(play.state)?.endsAt,
      stage: "writing",
    });
    expect(runningCircle(again(trio()).state)?.startedAt).toBe(1_003_000);
  });

  test("shows no text before all have written", () => {
    const play = again(trio({ circles: [{ theme: "ideas", kind: "silent-writing" }] }).write("bob", "tea"));
    expect(snapshotOf(play.write("eve", "cake").state, play.at).circles[0]?.texts).toEqual([]);
  });

  test("knows who had finished writing, and who had not", () => {
    const play = trio({ circles: [{ theme: "ideas", kind: "silent-writing" }] });
    play.write("bob", "tea", false).write("eve", "cake").by("ann", "next-circle");
    expect(snapshotOf(again(play).state, play.at).wrote).toEqual([id("eve")]);
  });

  test("stands still where it stood still", () => {
    expect(again(trio().by("ann", "pause")).state).toMatchObject({
      phase: "circle",
      pausedAt: 1_003_000,
      waitsForCall: false,
    });
    expect(again(trio()).state).toMatchObject({ pausedAt: null, waitsForCall: false });
  });
});

describe("the rest between two circles", () => {
  test("goes on, in the order and with the theme that were set for the next", () => {
    const set = resting()
      .ask("ann", { type: "reorder", order: [id("eve")] })
      .ask("ann", { type: "set-theme", theme: "tea", circle: null });
    const play = again(set);
    expect(play.state).toMatchObject({ phase: "between", nextStep: 1, nextTheme: { theme: "tea", from: null } });
    expect(play.wait(60).word).toBe("eve");
    expect(snapshotOf(play.state, play.at).circles[1]?.theme).toBe("tea");
    expect(circleOf(play.state)).not.toHaveProperty("themeFrom");
    expect(again(resting()).state).toMatchObject({ nextOrder: null, nextTheme: null });
  });

  test("turns count on where they were", () => {
    expect(turnOf(again(resting()).raise("bob").state)?.id).toBe(4);
  });

  test("whose theme nobody changed is the plan's", () => {
    const last = resting({ circles: [{ theme: "one" }] });
    expect(last.state.phase).toBe("ended");
    const hand = trio({ circles: [{ theme: "one" }, { theme: "two" }] }).ask("ann", { type: "end-circle" });
    expect(again(hand).state).toMatchObject({ nextStep: 1, nextTheme: null });
  });
});

describe("what people said", () => {
  test("is known turn by turn up to the running circle, and as a sum in it", () => {
    const play = trio().wait(7).by("ann", "pass").wait(20);
    play.by("bob", "pass");
    const taken = again(play);
    expect(
      taken.state.ended.map(({ speaker, spentMs, circle, hand, reason }) => [speaker, spentMs, circle, hand, reason]),
    ).toEqual([
      [id("ann"), 10_000, 0, null, "passed"],
      [id("bob"), 20_000, 0, null, "passed"],
    ]);
    expect(taken.state.ended.map((turn) => turn.id)).toEqual([1, 2]);
    expect(taken.state.ended[1]).toMatchObject({ startedAt: play.at - 20_000, endedAt: play.at });
    expect(taken.state.people.map(({ spokenMs }) => spokenMs)).toEqual([10_000, 20_000, 0]);
    const rested = resting();
    expect(again(rested).state.ended).toEqual(rested.state.ended);
  });

  test("since its course was written is a turn of each, with a number of its own", () => {
    const play = trio();
    const course = courseOf(play.state);
    play.wait(7).by("ann", "pass").wait(20).by("bob", "pass");
    const { ended } = takenUp(snapshotOf(play.state, play.at), course, null, play.at);
    expect(ended.map(({ id: number, speaker, spentMs }) => [number, speaker, spentMs])).toEqual([
      [1, id("ann"), 10_000],
      [2, id("bob"), 20_000],
    ]);
  });

  test("is known better by a part of the journal, which is not counted twice", () => {
    const play = trio().wait(7).by("ann", "pass");
    const known = play.state;
    play.wait(20).by("bob", "pass");
    const { ended } = again(play, known).state;
    expect(ended[0]).toEqual(known.ended[0]);
    expect(ended.map(({ spentMs }) => spentMs)).toEqual([10_000, 20_000]);
  });
});

describe("circles that ran", () => {
  test("stand in the room alone, but for those that the journal has", () => {
    const play = resting().wait(60);
    const known = trio().state;
    expect(again(play).state.takenUp).toEqual({ at: play.at, elsewhere: [0], over: false });
    expect(again(play, known).state.takenUp?.elsewhere).toEqual([]);
    const past = play.state.phase === "circle" ? play.state.pastCircles : [];
    expect(again(play).state).toMatchObject({ pastCircles: past, circle: { index: 1 } });
  });

  test("are those of the journal where it has them", () => {
    const play = resting({ circles: [{ theme: "one" }, { theme: "two" }, { theme: "three" }] }).wait(60);
    const known = play.state;
    while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
    play.wait(60);
    const taken = again(play, known).state;
    if (taken.phase !== "circle" || known.phase !== "circle") throw new Error("a circle runs");
    expect(taken.pastCircles[0]).toBe(known.pastCircles[0]);
    expect(taken.pastCircles.map(({ index }) => index)).toEqual([0, 1]);
    expect(taken.takenUp?.elsewhere).toEqual([]);
  });
});

describe("a meeting", () => {
  test("that was over is over, and is known to have been", () => {
    const play = trio().by("ann", "end");
    const taken = again(play, null, 100).state;
    expect(taken).toMatchObject({ phase: "ended", endedAt: play.at, takenUp: { over: true }, at: play.at + 100_000 });
    expect(again(trio()).state.takenUp?.over).toBe(false);
  });

  test("never goes back in time or version", () => {
    const play = trio();
    const taken = takenUp(snapshotOf(play.state, play.at), courseOf(play.state), null, play.at - 50_000);
    expect(taken.at).toBe(play.at);
    expect(taken.version).toBe(play.state.version + 1);
  });

  test("without its course gathers people anew, in the order that was set", () => {
    const gathering = new Play().gather("ann", "bob").ask("ann", { type: "reorder", order: [id("bob"), id("ann")] });
    expect(again(gathering).state).toMatchObject({
      phase: "gathering",
      nextOrder: [id("bob"), id("ann")],
      start: null,
    });
    expect(again(new Play().gather("ann")).state).toMatchObject({ phase: "gathering", nextOrder: null });
    const play = trio().wait(7).by("ann", "pass");
    const lost = takenUp(snapshotOf(play.state, play.at), null, null, play.at);
    expect(lost).toMatchObject({ phase: "gathering", start: null });
    expect(lost.ended.map(({ spentMs }) => spentMs)).toEqual([10_000]);
    expect(takenUp(snapshotOf(gathering.state, gathering.at), null, null, gathering.at).ended).toEqual([]);
  });

  test("whose course is of other circles gathers, too", () => {
    const play = trio();
    const course = { ...courseOf(play.state)!, circles: [] };
    expect(takenUp(snapshotOf(play.state, play.at), course, null, play.at).phase).toBe("gathering");
    const other = {
      ...courseOf(play.state)!,
      circles: courseOf(play.state)!.circles.map((each) => ({ ...each, step: 9 })),
    };
    expect(takenUp(snapshotOf(play.state, play.at), other, null, play.at).phase).toBe("gathering");
  });

  test("keeps its topic and its start", () => {
    const play = new Play().gather("ann").start("ann", council(), "tea").wait(3);
    expect(startOf(again(play).state)).toMatchObject({ topic: "tea", topicFrom: null, startedAt: 1_000_000, seed: 7 });
  });

  test("remembers outages and absences of the scribe as far as the journal has them, and that it is away now", () => {
    const play = trio().send({ type: "call-lost", at: 1_003_000 });
    play.wait(5).send({ type: "call-back", at: play.at }).ask("bob", { type: "send-scribe-away" }).wait(2);
    play.ask("ann", { type: "ask-scribe-back" }).wait(2).ask("eve", { type: "send-scribe-away" });
    const known = play.state;
    expect(again(play, known).state.outages).toEqual(known.outages);
    expect(again(play).state.outages).toEqual([]);
    const now = { at: play.at, by: id("eve"), until: null, backBy: null };
    expect(again(play).state.scribeAbsences).toEqual([now]);
    expect(again(play, known).state.scribeAbsences).toEqual([known.scribeAbsences[0], now]);
    play.ask("ann", { type: "ask-scribe-back" });
    expect(again(play).state.scribeAbsences).toEqual([]);
  });

  test("knows everybody's answer on being written down, and asks those anew who gave none", () => {
    const shown: Shown = { wording: 1, items: [] };
    const play = new Play().gather("ann", "bob", "eve").send({ type: "ask-agreement", asks: shown, at: 1_000_000 });
    play.ask("ann", { type: "agree", agreed: true, shown }).ask("bob", { type: "agree", agreed: false, shown });
    play.ask("zoe", { type: "agree", agreed: false, shown });
    const known = play.state;
    play.start("ann");
    const answers = (meeting: Meeting) => ["ann", "bob", "eve", "zoe"].map((name) => answerOf(meeting, id(name)));
    expect(answers(again(play).state)).toEqual([true, false, null, null]);
    expect(answers(again(play, known).state)).toEqual([true, false, null, false]);
    expect(again(play, known).state.agreement).toMatchObject({ sought: [], before: [], answers: { length: 3 } });
    expect(again(trio()).state.agreement).toBeNull();
    expect(again(play).state.people[0]).not.toHaveProperty("agreed");
  });
});
