import { describe, expect, test } from "vitest";
import { CircleEvent } from "./event.ts";
import { limitOf, turnOf, circleOf, startOf, runningCircle } from "./meeting.ts";
import { council, id, nameOf, Play } from "../../tests/support/circle/play.ts";
import { snapshotOf } from "./snapshot.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";

const running = (...names: string[]) => new Play().gather(...names).start("ann");
const waiting = (play: Play) => runningCircle(play.state)?.waiting.map(nameOf);
const snapshot = (play: Play) => snapshotOf(play.state, play.at);

describe("the keeper ends the circle", () => {
  test("in mid-turn: the speaker is moved on, kept turns are dropped, and the rest begins as usual", () => {
    const play = running("ann", "bob", "eve").by("ann", "skip").wait(3).ask("ann", { type: "end-circle" });
    expect(play.refusal).toBeNull();
    expect(play.state).toMatchObject({ phase: "between", turn: null, nextStep: 1 });
    expect(play.state.ended.at(-1)).toMatchObject({ speaker: id("bob"), reason: "forced" });
    expect(circleOf(play.state)?.cutShort).toEqual({ by: id("ann"), unheard: [id("eve"), id("ann")] });
    expect(snapshot(play).returns).toEqual([]);
    play.wait(10);
    expect([circleOf(play.state)?.index, play.word]).toEqual([1, "ann"]);
  });

  test("of the last circle: the meeting is over", () => {
    const play = new Play()
      .gather("ann", "bob")
      .start("ann", council({ circles: [{ theme: "one" }] }))
      .ask("ann", { type: "end-circle" });
    expect(play.state.phase).toBe("ended");
  });

  test("while all write: what was written is shown, and nobody has to read it aloud", () => {
    const plan = council({ circles: [{ theme: "one", kind: "silent-writing" }, { theme: "two" }] });
    const play = new Play()
      .gather("ann", "bob")
      .start("ann", plan)
      .write("bob", "an idea", false)
      .ask("ann", { type: "end-circle" });
    expect(play.state.phase).toBe("between");
    expect(snapshot(play).circles[0]?.texts).toEqual([{ who: id("bob"), text: "an idea" }]);
  });

  test("nobody else does, and not by a click on what has passed", () => {
    const play = running("ann", "bob");
    expect(play.ask("bob", { type: "end-circle" }).refusal).toBe("not-keeper");
    expect(
      play.send({
        type: "end-circle",
        actor: madeActor(id("ann")),
        at: play.at,
        expectedVersion: 1,
      }).refusal,
    ).toBe("stale");
    expect(play.ask("mod", { type: "end-circle" }).refusal).toBeNull();
    expect(play.ask("mod", { type: "end-circle" }).refusal).toBe("no-circle");
  });
});

describe("who speaks after whom", () => {
  test("is set while people gather, by any of them, and holds for the first circle alone", () => {
    const play = new Play().gather("ann", "bob", "eve").ask("bob", { type: "reorder", order: [id("eve"), id("ann")] });
    expect(snapshot(play).order?.map(nameOf)).toEqual(["eve", "ann", "bob"]);
    play.join("late").start("ann");
    expect(circleOf(play.state)?.ring.map(nameOf)).toEqual(["eve", "ann", "bob", "late"]);
    expect(snapshot(play).order).toBeUndefined();
    play.by("eve", "pass").by("ann", "pass").by("bob", "pass").by("late", "pass").wait(10);
    expect(circleOf(play.state)?.ring.map(nameOf)).toEqual(["ann", "bob", "eve", "late"]);
  });

  test("changes among those who wait while a circle runs; whoever has spoken keeps their place", () => {
    const play = running("ann", "bob", "eve", "dan")
      .by("ann", "pass")
      .ask("ann", { type: "reorder", order: [id("dan"), id("ann")] });
    expect([play.word, waiting(play)]).toEqual(["bob", ["dan", "eve"]]);
    expect(circleOf(play.state)?.ring.map(nameOf)).toEqual(["ann", "bob", "dan", "eve"]);
  });

  test("between two circles the next speaker is shown as the keeper set it", () => {
    const play = running("ann", "bob")
      .by("ann", "pass")
      .by("bob", "pass")
      .ask("ann", { type: "reorder", order: [id("bob")] });
    expect(snapshot(play).next).toBe(id("bob"));
    expect(play.wait(10).word).toBe("bob");
  });

  test("is drawn by lot, alike in every replay, and asks for two who wait", () => {
    const draw = (seed: number) =>
      waiting(running("ann", "bob", "eve", "dan", "max").ask("ann", { type: "draw-order", seed }));
    expect(draw(3)).toEqual(draw(3));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => String(draw(seed)))).size).toBeGreaterThan(1);
    expect(running("ann", "bob").ask("ann", { type: "draw-order", seed: 1 }).refusal).toBe("nobody-waits");
  });
});

describe("somebody is taken out of the ring", () => {
  test("before their turn: it goes with them, and they may take a seat again, at the end", () => {
    const play = running("ann", "bob", "eve").ask("ann", { type: "take-out", who: id("bob") });
    expect([play.word, waiting(play)]).toEqual(["ann", ["eve"]]);
    expect(snapshot(play).people.find((person) => person.id === id("bob"))?.presence).toBe("left");
    expect(waiting(play.join("bob").connect("bob"))).toEqual(["eve", "bob"]);
  });

  test("in their own turn: the word goes on, and the circle says so", () => {
    const play = running("ann", "bob", "eve")
      .by("ann", "pass")
      .wait(3)
      .ask("ann", { type: "take-out", who: id("bob") });
    expect(play.word).toBe("eve");
    expect(play.state.ended.at(-1)).toMatchObject({ speaker: id("bob"), reason: "forced" });
    expect(circleOf(play.state)?.takenOut).toEqual([id("bob")]);
  });

  test("only by who keeps the meeting", () => {
    expect(running("ann", "bob").ask("bob", { type: "take-out", who: id("ann") }).refusal).toBe("not-keeper");
    expect(running("ann", "bob").ask("ann", { type: "take-out", who: id("nobody") }).refusal).toBe("no-such-person");
  });
});

describe("a second turn", () => {
  test("comes at the end of the circle, for as long as the others'", () => {
    const play = running("ann", "bob", "eve")
      .by("ann", "pass")
      .ask("ann", { type: "give-turn", to: id("ann") });
    expect(snapshot(play).returns).toEqual([id("ann")]);
    play.by("bob", "pass").by("eve", "pass");
    expect([play.word, turnOf(play.state)?.limitMs]).toEqual(["ann", 60_000]);
    play.by("ann", "pass");
    expect(play.state.phase).toBe("between");
    expect(circleOf(play.state)?.done.map(nameOf)).toEqual(["bob", "eve", "ann"]);
  });

  test("is not for who has one to come", () => {
    const play = running("ann", "bob");
    for (const who of ["ann", "bob"])
      expect(play.ask("ann", { type: "give-turn", to: id(who) }).refusal).toBe("turn-to-come");
  });
});

describe("more time for all", () => {
  test("reaches the present turn, those that follow and those that are kept, and no other circle", () => {
    const play = running("ann", "bob", "eve").by("ann", "skip").ask("ann", { type: "more-time", byMs: 30_000 });
    expect(turnOf(play.state)?.limitMs).toBe(90_000);
    expect(snapshot(play).circles.map(({ secondsPerTurn }) => secondsPerTurn)).toEqual([90, 60]);
    expect(turnOf(play.by("bob", "pass").state)?.limitMs).toBe(90_000);
    expect(turnOf(play.by("eve", "pass").state)?.limitMs).toBe(90_000);
    play.by("ann", "pass").wait(10);
    expect([limitOf(play.state), turnOf(play.state)?.limitMs]).toEqual([60_000, 60_000]);
  });

  test("lengthens the writing where all write", () => {
    const play = new Play()
      .gather("ann", "bob")
      .start("ann", council({ circles: [{ theme: "one", kind: "silent-writing", circleSeconds: 60 }] }));
    const endsAt = runningCircle(play.state)?.endsAt ?? 0;
    expect(runningCircle(play.ask("ann", { type: "more-time", byMs: 30_000 }).state)?.endsAt).toBe(endsAt + 30_000);
  });
});

describe("another theme", () => {
  test("of the running circle is one text for all; the plan keeps its own", () => {
    const plan = council({
      circles: [{ theme: { en: "first", ru: "первая" } }, { theme: { en: "second", ru: "вторая" } }],
    });
    const play = new Play()
      .gather("ann", "bob")
      .start("ann", plan)
      .ask("ann", { type: "set-theme", theme: " what is left ", circle: 0 });
    expect(snapshot(play).circles.map(({ theme, themes }) => [theme, themes?.ru])).toEqual([
      ["what is left", undefined],
      ["second", "вторая"],
    ]);
    expect(startOf(play.state)?.plan?.circles[0]?.theme).toBe("first");
  });

  test("of the next circle, while people rest, and of none that has passed", () => {
    const play = running("ann", "bob").by("ann", "pass").by("bob", "pass");
    expect(play.ask("ann", { type: "set-theme", theme: "late", circle: 0 }).refusal).toBe("stale");
    play.ask("ann", { type: "set-theme", theme: "better", circle: 1 }).wait(10);
    expect(snapshot(play).circles.map(({ theme }) => theme)).toEqual(["first", "better"]);
  });

  test("has words, and not too many", () => {
    const play = running("ann", "bob");
    expect(play.ask("ann", { type: "set-theme", theme: " ", circle: null }).refusal).toBe("nothing-written");
    expect(play.ask("ann", { type: "set-theme", theme: "x".repeat(501), circle: null }).refusal).toBe("too-long");
  });
});

test("a click that was made before the turn began passes and skips nobody", () => {
  const play = new Play().gather("ann", "bob");
  const before = play.state.version;
  play.start("ann");
  for (const type of ["skip", "pass", "accept"] as const) expect(play.by("ann", type, before).refusal).toBe("stale");
  expect(play.word).toBe("ann");
});

test("a journal from before people could be taken out is read as it was", () => {
  expect(CircleEvent.parse({ type: "person-left", at: 1, who: id("ann") })).toEqual({
    type: "person-left",
    at: 1,
    who: id("ann"),
  });
});

test("a turn that a spoken command passed on says so; one that was passed by hand does not", () => {
  const play = running("ann", "bob")
    .wait(3)
    .send({ type: "pass", actor: madeActor(id("ann"), { door: "speech" }), at: 1_003_000, expectedVersion: null })
    .wait(3)
    .by("bob", "pass");
  expect(play.state.ended.map(({ reason, spoken }) => [reason, spoken])).toEqual([
    ["passed", true],
    ["passed", undefined],
  ]);
});
