import { describe, expect, test } from "vitest";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { handsOf, personOf, runningCircle, takesPart, turnOf } from "./meeting.ts";

type Change = NonNullable<Parameters<typeof council>[0]>;
const trio = (change: Change = {}) => new Play().gather("ann", "bob", "eve").start("ann", council(change)).wait(3);
const types = (play: Play) => (play.last.accepted ? play.last.events.map(({ type }) => type) : []);
const nothing = { accepted: true, events: [] };
const presence = (play: Play, name: string) => personOf(play.state, id(name))?.presence;

function resting(): Play {
  const play = trio({ betweenSeconds: 60 });
  while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
  return play;
}

describe("sitting down", () => {
  test("is in the room first, and in the call once they are in it", () => {
    const play = new Play().gather().join("ann");
    expect(presence(play, "ann")).toBe("room");
    expect(presence(play.connect("ann"), "ann")).toBe("call");
    expect(play.connect("ann").last).toEqual(nothing);
    expect(play.connect("zoe").last).toEqual(nothing);
  });

  test("is for a meeting that is not over, and once", () => {
    expect(trio().by("ann", "end").join("zoe").refusal).toBe("no-meeting");
    expect(trio().drop("bob").join("bob").refusal).toBe("already-joined");
    expect(trio().by("bob", "leave").join("bob").refusal).toBeNull();
  });

  test("again keeps the time that one spoke, under the name that one has now", () => {
    const play = trio().by("ann", "pass").by("ann", "leave");
    play.ask("ann", { type: "join", name: "Ann the second" });
    expect(play.state.people).toMatchObject([
      { name: "Ann the second", spokenMs: 3_000, presence: "room" },
      { name: "bob" },
      { name: "eve" },
    ]);
  });

  test("in a running circle gives the last place, once, and a turn in it", () => {
    const play = trio().join("zoe");
    expect(types(play)).toEqual(["person-joined", "ring-joined"]);
    expect(types(play.connect("zoe"))).toEqual(["person-connected"]);
    expect(runningCircle(play.state)?.waiting).toEqual([id("bob"), id("eve"), id("zoe")]);
  });

  test("gives no place where the keeper alone speaks, or no circle runs", () => {
    const present = trio({ circles: [{ theme: "present", speakers: "keeper" }, { theme: "two" }] }).join("zoe");
    expect(types(present)).toEqual(["person-joined"]);
    expect(types(resting().join("zoe"))).toEqual(["person-joined"]);
    expect(types(new Play().gather().join("ann"))).toEqual(["person-joined"]);
  });

  test("on an open floor is in the ring, with nothing to wait for", () => {
    const play = trio({ circles: [{ theme: "talk", kind: "open-floor" }] }).join("zoe");
    expect(runningCircle(play.state)?.ring.at(-1)).toBe(id("zoe"));
    expect(runningCircle(play.state)?.waiting).toEqual([]);
  });

  test("again after one's turn was over is not another turn; one that was broken off is taken up", () => {
    const over = trio().by("ann", "pass").by("ann", "leave").join("ann");
    expect(runningCircle(over.state)?.waiting).toEqual([id("eve")]);
    const hand = trio().by("ann", "leave").join("ann");
    expect(hand.journal.at(-1)).toMatchObject({ type: "person-joined" });
    const another = trio().by("ann", "skip").join("zoe");
    expect(another.journal.at(-1)).toMatchObject({ type: "ring-joined", who: id("zoe"), keptMs: null });
    const kept = trio().wait(17).by("ann", "skip").by("ann", "leave").join("ann");
    expect(kept.journal.at(-1)).toMatchObject({ type: "ring-joined", keptMs: 40_000 });
    expect(runningCircle(kept.state)?.kept).toEqual([{ who: id("ann"), limitMs: 40_000 }]);
    expect(runningCircle(kept.state)?.waiting).toEqual([id("eve")]);
  });
});

describe("a name", () => {
  test("changes with its person's, and not in a meeting that is over", () => {
    const rename = (play: Play, name: string, to: string) =>
      play.send({ type: "renamed", who: id(name), name: to, at: play.at });
    const play = rename(trio(), "bob", "Robert");
    expect(play.state.people.map(({ name }) => name)).toEqual(["ann", "Robert", "eve"]);
    expect(rename(play, "bob", "Robert").last).toEqual(nothing);
    expect(rename(play, "zoe", "Zoe").last).toEqual(nothing);
    expect(rename(play.by("ann", "end"), "bob", "Rob").last).toEqual(nothing);
  });
});

describe("dropping out of the call", () => {
  test("is of somebody who was in it", () => {
    expect(trio().drop("zoe").last).toEqual(nothing);
    expect(trio().drop("bob").drop("bob").last).toEqual(nothing);
    expect(new Play().gather().join("ann").drop("ann").last).toEqual(nothing);
    expect(presence(trio().drop("bob"), "bob")).toBe("away");
  });

  test("holds the turn of whoever speaks, and of nobody else; in a pause it stands anyway", () => {
    expect(types(trio().drop("ann"))).toEqual(["person-dropped", "turn-held"]);
    expect(types(trio().drop("bob"))).toEqual(["person-dropped"]);
    expect(types(trio({ accept: "by-next" }).drop("ann"))).toEqual(["person-dropped"]);
    expect(types(trio().by("ann", "pause").drop("ann"))).toEqual(["person-dropped"]);
    expect(turnOf(trio().drop("ann").state)).toMatchObject({ lapsesAt: 1_018_000, runningSince: null, spentMs: 3_000 });
  });

  test("and coming back lets the speaker go on, and opens a word that was offered meanwhile", () => {
    const back = trio().drop("ann").wait(5).connect("ann");
    expect(types(back)).toEqual(["person-connected", "turn-continued"]);
    expect(turnOf(back.state)).toMatchObject({ lapsesAt: null, runningSince: back.at, spentMs: 3_000 });
    const offered = trio().drop("bob").by("ann", "pass").connect("bob");
    expect(types(offered)).toEqual(["person-connected", "turn-started"]);
    const toTake = trio({ accept: "by-next" }).drop("ann").connect("ann");
    expect(types(toTake)).toEqual(["person-connected"]);
    expect(types(trio().drop("bob").connect("bob"))).toEqual(["person-connected"]);
  });

  test("and coming back in a pause opens nothing", () => {
    const paused = trio().drop("ann").by("mod", "pause").connect("ann");
    expect(types(paused)).toEqual(["person-connected"]);
    const offered = trio().drop("bob").by("mod", "pause").wait(3).by("ann", "pass").connect("bob");
    expect(types(offered)).toEqual(["person-connected"]);
  });

  test("and coming back gives the word to a hand that waited for its owner", () => {
    const play = resting().drop("bob").raise("bob");
    expect(play.word).toBeNull();
    expect(play.connect("bob").word).toBe("bob");
  });
});

describe("leaving", () => {
  test("is for who takes part, and who is removed from the room leaves as well", () => {
    expect(trio().by("zoe", "leave").refusal).toBe("not-in-circle");
    expect(trio().by("bob", "leave").by("bob", "leave").refusal).toBe("not-in-circle");
    expect(trio().remove("zoe").last).toEqual(nothing);
    expect(trio().by("bob", "leave").remove("bob").last).toEqual(nothing);
    const removed = trio().remove("bob");
    expect(takesPart(removed.state, id("bob"))).toBe(false);
    expect(removed.journal.at(-1)).toEqual({ type: "person-left", who: id("bob"), at: removed.at });
  });

  test("gives up the place in the ring, but not where one has spoken: the record names who did", () => {
    const ring = (play: Play) => runningCircle(play.state)?.ring;
    expect(ring(trio().by("bob", "leave"))).toEqual([id("ann"), id("eve")]);
    expect(ring(trio().by("ann", "pass").by("ann", "leave"))).toEqual([id("ann"), id("bob"), id("eve")]);
    expect(ring(trio().by("ann", "leave"))).toEqual([id("ann"), id("bob"), id("eve")]);
    expect(runningCircle(trio().by("ann", "skip").by("ann", "leave").state)?.kept).toEqual([]);
    const rested = resting().by("bob", "leave").state;
    expect(rested).toMatchObject({ phase: "between", circle: { ring: [id("ann"), id("bob"), id("eve")] } });
  });
});

describe("a hand", () => {
  test("goes up in a meeting that runs, of who takes part, one of a kind", () => {
    expect(new Play().gather("ann").raise("ann").refusal).toBe("no-meeting");
    expect(trio().raise("zoe").refusal).toBe("not-in-circle");
    expect(trio().raise("bob").raise("bob").refusal).toBe("hand-up");
    const changed = trio().raise("bob").wait(1).raise("bob", "clarify");
    expect(handsOf(changed.state)).toEqual([{ who: id("bob"), hand: "clarify", raisedAt: changed.at }]);
    expect(types(trio().raise("bob"))).toEqual(["hand-raised"]);
  });

  test("goes down by its owner, and is known to have", () => {
    expect(trio().by("bob", "lower-hand").refusal).toBe("no-hand");
    const play = trio().raise("bob").raise("eve");
    expect(play.by("ann", "lower-hand").refusal).toBe("no-hand");
    play.by("bob", "lower-hand");
    expect(play.journal.at(-1)).toMatchObject({ type: "hand-lowered", who: id("bob"), reason: "self" });
    expect(handsOf(play.state).map(({ who }) => who)).toEqual([id("eve")]);
  });
});
