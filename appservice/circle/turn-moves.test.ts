import { describe, expect, test } from "vitest";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { handsOf, turnOf } from "./meeting.ts";

type Change = NonNullable<Parameters<typeof council>[0]>;
const trio = (change: Change = {}) => new Play().gather("ann", "bob", "eve").start("ann", council(change)).wait(3);
const gathering = () => new Play().gather("ann", "bob");
const refused = (play: Play) => (play.last.accepted ? null : play.last.refusal);
const types = (play: Play) => (play.last.accepted ? play.last.events.map(({ type }) => type) : []);
const ending = (play: Play) => play.journal.findLast((event) => event.type === "turn-ended");
const floor = () => trio({ circles: [{ theme: "talk", kind: "open-floor", circleSeconds: 600 }, { theme: "2" }] });

/** All have spoken, and people rest. */
function resting(): Play {
  const play = trio({ betweenSeconds: 60 });
  while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
  return play;
}

describe("before a meeting has begun, and while nobody has the word", () => {
  test("there is no turn to take, pass, skip, lengthen or give on", () => {
    for (const play of [gathering(), resting(), floor()]) {
      for (const move of ["accept", "pass", "skip"] as const) expect(play.by("ann", move).refusal).toBe("no-turn");
      expect(play.extend("ann", 30_000).refusal).toBe("no-turn");
    }
    expect(gathering().giveWord("ann", "bob").refusal).toBe("no-turn");
    expect(floor().giveWord("bob", "ann").refusal).toBe("no-turn");
  });
});

describe("taking the word", () => {
  const offered = () => trio({ accept: "by-next" });

  test("is for whoever it was offered to, once, and not in a pause", () => {
    expect(refused(offered().by("bob", "accept"))).toEqual({ code: "not-your-turn", detail: { speaker: id("ann") } });
    expect(offered().by("ann", "pause").by("ann", "accept").refusal).toBe("paused");
    const play = offered().by("ann", "accept");
    expect(types(play)).toEqual(["turn-started"]);
    expect(play.by("ann", "accept").refusal).toBe("not-offered");
  });
});

describe("passing on", () => {
  test("tells apart who is done and who was made to be", () => {
    expect(ending(trio().by("ann", "pass"))).toMatchObject({ reason: "passed", by: id("ann"), door: "widget" });
    expect(ending(trio().by("mod", "pass"))).toMatchObject({ reason: "forced", by: id("mod") });
    expect(refused(trio().by("bob", "pass"))).toEqual({ code: "not-your-turn", detail: { speaker: id("ann") } });
  });

  test("is noted with the turn where another did it, and by nobody where time did", () => {
    expect(trio().by("mod", "pass").state.ended.at(-1)).toMatchObject({ passedBy: id("mod") });
    expect(trio().by("ann", "pass").state.ended.at(-1)).not.toHaveProperty("passedBy");
    expect(trio().wait(120).state.ended.at(-1)).not.toHaveProperty("passedBy");
    expect(ending(trio().wait(120))).toMatchObject({ by: null, door: null });
  });
});

describe("skipping", () => {
  test("keeps what was left of the turn, and notes who else did it", () => {
    const own = trio().by("ann", "skip");
    expect(ending(own)).toMatchObject({ reason: "skipped", keepsMs: 57_000, by: id("ann") });
    expect(own.state.ended.at(-1)).not.toHaveProperty("passedBy");
    expect(trio().by("mod", "skip").state.ended.at(-1)).toMatchObject({ passedBy: id("mod") });
  });

  test("of another's turn is the keeper's, or anybody's in the ring, as the scenario has it", () => {
    const refusal = { code: "not-your-turn", detail: { speaker: id("ann") } };
    expect(refused(trio().by("bob", "skip"))).toEqual(refusal);
    expect(refused(trio({ skip: "anyone" }).by("zoe", "skip"))).toEqual(refusal);
    expect(trio({ skip: "anyone" }).by("bob", "skip").word).toBe("bob");
    const byKeeper = new Play()
      .gather("ann", "bob")
      .start("bob", council({ skip: "keeper" }))
      .wait(3);
    expect(refused(byKeeper.by("ann", "skip"))).toEqual({ code: "keeper-alone-skips", detail: {} });
    expect(byKeeper.by("bob", "skip").word).toBe("bob");
  });
});

describe("more time", () => {
  const ring = (...names: string[]) =>
    new Play()
      .gather(...names)
      .start("ann", council({ extension: "ring" }))
      .wait(3);

  test("is for a turn that runs", () => {
    expect(trio({ accept: "by-next" }).extend("ann", 30_000).refusal).toBe("no-turn");
  });

  test("that the keeper gives is known as theirs, and anew for each turn", () => {
    const play = trio().by("ann", "pass").extend("ann", 30_000).extend("mod", 30_000).extend("ann", 30_000);
    expect(play.journal.findLast((event) => event.type === "turn-extended")).toMatchObject({
      by: id("ann"),
      door: "widget",
      byMs: 30_000,
    });
    expect(turnOf(play.state)?.limitMs).toBe(150_000);
    play.by("bob", "pass").by("eve", "pass");
    expect(play.state.ended.map(({ moreTimeBy }) => moreTimeBy)).toEqual([
      undefined,
      [id("ann"), id("mod")],
      undefined,
    ]);
  });

  test("is asked for by the speaker alone where the keeper decides, and by nobody from outside the ring", () => {
    expect(trio().by("ann", "pass").extend("eve", 30_000).refusal).toBe("not-keeper");
    expect(ring("ann", "bob", "eve").extend("zoe", 30_000).refusal).toBe("not-in-circle");
  });

  test("is given by more than half of the listeners, of those who are there", () => {
    const limit = (play: Play) => turnOf(play.state)?.limitMs;
    // Ann keeps, and gives by herself; Bob speaks, and does not listen.
    const four = () => ring("ann", "bob", "eve", "dan", "kim").by("ann", "pass");
    expect(limit(four().extend("eve", 30_000).extend("dan", 30_000))).toBe(60_000);
    expect(limit(four().extend("eve", 30_000).extend("dan", 30_000).extend("kim", 30_000))).toBe(90_000);
    expect(limit(four().drop("kim").extend("eve", 30_000).extend("dan", 30_000))).toBe(90_000);
    const given = four().drop("kim").extend("eve", 30_000).extend("dan", 30_000);
    expect(types(given)).toEqual(["extension-asked", "turn-extended"]);
    expect(given.journal.at(-1)).toMatchObject({ by: null, door: null });
    expect(given.by("bob", "pass").state.ended.at(-1)).not.toHaveProperty("moreTimeBy");
  });

  test("is voted on anew once it was given, and marks that were passed may come again", () => {
    const play = ring("ann", "bob", "eve").by("ann", "pass").wait(55);
    expect(turnOf(play.state)?.marks).toEqual(["80-percent", "last-10-seconds"]);
    play.extend("eve", 10_000).extend("ann", 10_000);
    expect(turnOf(play.state)).toMatchObject({ limitMs: 70_000, marks: [], extensionAsked: [] });
    expect(play.extend("eve", 10_000).refusal).toBeNull();
    const exact = ring("ann", "bob", "eve").by("ann", "pass").wait(55).extend("ann", 8_750);
    expect(turnOf(exact.state)).toMatchObject({ limitMs: 68_750, marks: ["80-percent"] });
    const late = ring("ann", "bob", "eve").by("ann", "pass").wait(59).extend("ann", 1_000);
    expect(turnOf(late.state)?.marks).toEqual(["80-percent", "last-10-seconds"]);
  });
});

describe("the word to somebody by name", () => {
  test("goes to the next in the ring, and is refused with the next one's name", () => {
    expect(refused(trio().giveWord("ann", "eve"))).toEqual({ code: "not-next", detail: { next: id("bob") } });
    expect(refused(trio().giveWord("bob", "eve"))).toEqual({ code: "not-your-turn", detail: { speaker: id("ann") } });
    expect(ending(trio().giveWord("ann", "bob"))).toMatchObject({ reason: "passed", by: id("ann") });
    expect(ending(trio().giveWord("mod", "bob"))).toMatchObject({ reason: "forced", by: id("mod") });
  });

  test("is politeness where nobody is left to come", () => {
    const play = trio();
    for (const name of ["ann", "bob"]) play.wait(3).by(name, "pass");
    expect(refused(play.wait(3).giveWord("eve", "ann"))).toEqual({ code: "not-next", detail: { next: "" } });
  });

  test("of whoever speaks by a hand ends their turn, whoever they name", () => {
    const play = resting().raise("bob").wait(4).giveWord("bob", "eve");
    expect(play.refusal).toBeNull();
    expect(ending(play)).toMatchObject({ speaker: id("bob"), reason: "passed" });
  });

  test("is given by the keeper to a hand that is up: the speaker is moved on, or done", () => {
    const play = floor().raise("bob").raise("eve").raise("ann").giveWord("ann", "ann");
    expect(play.word).toBe("ann");
    expect(ending(play)).toMatchObject({ speaker: id("bob"), reason: "forced", by: id("ann") });
    expect(ending(play.giveWord("ann", "eve"))).toMatchObject({ speaker: id("ann"), reason: "passed" });
    expect(play.word).toBe("eve");
    expect(handsOf(play.state).map(({ who }) => who)).toEqual([id("eve")]);
  });

  test("is given to no hand in a pause, to none that is down, and to nobody twice", () => {
    const play = floor().raise("bob").raise("eve");
    expect(play.giveWord("ann", "bob").refusal).toBe("no-hand-there");
    expect(play.giveWord("ann", "ann").refusal).toBe("no-hand-there");
    expect(play.by("ann", "pause").giveWord("ann", "eve").refusal).toBe("paused");
  });
});
