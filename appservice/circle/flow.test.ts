import { describe, expect, test } from "vitest";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { handsOf, limitOf, runningCircle, turnOf } from "./meeting.ts";

type Change = NonNullable<Parameters<typeof council>[0]>;
const trio = (change: Change = {}) => new Play().gather("ann", "bob", "eve").start("ann", council(change));
const types = (play: Play) => (play.last.accepted ? play.last.events.map(({ type }) => type) : []);
const endings = (play: Play) => play.journal.filter((event) => event.type === "turn-ended");
const lowered = (play: Play) => play.journal.filter((event) => event.type === "hand-lowered");

/** All who sit have spoken, and people rest before the next circle. */
function resting(change: Change = {}): Play {
  const play = trio({ betweenSeconds: 10, ...change });
  for (const name of ["ann", "bob", "eve"]) play.by(name, "pass");
  return play;
}

/** Hands rule, for a minute. */
const floor = (change: Change = {}) =>
  trio({ circles: [{ theme: "talk", kind: "open-floor", circleSeconds: 60 }], ...change });

describe("between two circles", () => {
  test("a hand gets the word for the time that hands have, once: its turn is not kept", () => {
    const play = resting({ handSeconds: 20 }).raise("bob");
    expect(turnOf(play.state)).toMatchObject({ speaker: id("bob"), hand: "reply", limitMs: 20_000, kept: false });
    play.by("bob", "skip");
    expect(endings(play).at(-1)).toMatchObject({ speaker: id("bob"), reason: "skipped", keepsMs: null });
    expect(handsOf(play.state)).toEqual([]);
  });

  test("the rest begins anew once a hand was heard, and the next circle comes after it", () => {
    const play = resting().wait(8).raise("bob");
    expect(play.wait(15).word).toBe("bob");
    play.by("bob", "pass");
    expect(types(play)).toEqual(["turn-ended", "rest-began"]);
    expect(play.wait(9).state.phase).toBe("between");
    expect(play.wait(1).state.phase).toBe("circle");
  });

  test("while somebody speaks by hand, the next circle does not begin, however long the rest was to be", () => {
    const play = resting({ handSeconds: 60 }).raise("bob").wait(40);
    expect(play.word).toBe("bob");
    expect(play.state.phase).toBe("between");
  });

  test("who is away, or has gone, is not offered the word that they raised a hand for", () => {
    const play = resting().raise("ann").raise("bob").raise("eve").drop("bob").by("ann", "pass");
    expect(play.word).toBe("eve");
    const left = resting().raise("ann").raise("bob").by("bob", "leave").by("ann", "pass");
    expect(left.word).toBeNull();
  });

  test("whoever leaves takes their own hand down and no other's", () => {
    const play = resting().raise("ann").raise("bob").raise("eve").by("bob", "leave");
    expect(lowered(play)).toMatchObject([{ who: id("bob"), reason: "left" }]);
    expect(handsOf(play.state).map(({ who }) => who)).toEqual([id("ann"), id("eve")]);
    expect(types(resting().by("bob", "leave"))).toEqual(["person-left"]);
    expect(types(trio().raise("eve").by("bob", "leave"))).toEqual(["person-left"]);
  });

  test("the rest goes on as it was while people come and go", () => {
    const play = resting();
    expect(types(play)).toEqual(["turn-ended", "circle-ended"]);
    expect(types(play.drop("bob").wait(8).connect("bob"))).toEqual(["person-connected"]);
    expect(play.wait(1).state.phase).toBe("between");
    expect(play.wait(1).state.phase).toBe("circle");
  });

  test("hands that are still up go down as the circle begins", () => {
    const play = resting().raise("ann").raise("bob").by("mod", "next-circle");
    expect(endings(play).at(-1)).toMatchObject({ speaker: id("ann"), reason: "circle-ended" });
    expect(lowered(play).at(-1)).toMatchObject({ who: id("bob"), reason: "circle-started" });
    expect(play.state.phase).toBe("circle");
  });

  test("a hand that is up at the end of a circle is heard first, also where there is no rest", () => {
    const play = trio({ betweenSeconds: 0 }).raise("bob");
    for (const name of ["ann", "bob", "eve"]) play.by(name, "pass");
    expect(play.state.phase).toBe("between");
    expect(turnOf(play.state)).toMatchObject({ speaker: id("bob"), hand: "reply" });
    const none = trio({ betweenSeconds: 0 });
    for (const name of ["ann", "bob", "eve"]) none.by(name, "pass");
    expect(none.state.phase).toBe("circle");
  });

  test("in a pause no hand gets the word; on going on, the first does", () => {
    const play = resting().by("ann", "pause").raise("bob");
    expect(play.word).toBeNull();
    expect(play.by("ann", "resume").word).toBe("bob");
  });

  test("a circle that ends in a pause is not followed by the next before people go on", () => {
    const play = trio({ betweenSeconds: 0 }).by("ann", "pause");
    while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
    expect(play.state.phase).toBe("between");
  });

  test("where nobody is there for the next circle, the meeting is over", () => {
    const play = resting();
    for (const name of ["ann", "bob", "eve"]) play.drop(name);
    play.wait(10);
    expect(play.state.phase).toBe("ended");
    expect(types(play)).toEqual(["meeting-ended"]);
  });
});

describe("on an open floor", () => {
  test("the word waits for a hand, and has the circle's time for it", () => {
    const play = floor({ handSeconds: 20 });
    expect(play.word).toBeNull();
    play.raise("bob");
    expect(turnOf(play.state)).toMatchObject({ speaker: id("bob"), limitMs: limitOf(play.state), status: "speaking" });
    play.by("bob", "pass");
    expect(types(play)).toEqual(["turn-ended"]);
    expect(play.wait(1).raise("eve").word).toBe("eve");
  });

  test("at the end of its time whoever speaks finishes first", () => {
    const play = floor({ turnSeconds: 50 }).wait(40).raise("bob").raise("eve").wait(30);
    expect(play.word).toBe("bob");
    play.by("bob", "pass").by("eve", "lower-hand").wait(60);
    expect(runningCircle(play.state)?.index).not.toBe(0);
  });

  test("the keeper ends it in the middle of a turn: the next hand is heard after it", () => {
    const play = floor().raise("bob").raise("eve").by("ann", "next-circle");
    expect(types(play)).toEqual(["turn-ended", "circle-ended", "meeting-ended"]);
    const circles = [{ theme: "talk", kind: "open-floor" as const }, { theme: "two" }];
    const more = floor({ circles }).raise("bob").raise("eve").by("ann", "next-circle");
    expect(types(more)).toEqual(["turn-ended", "circle-ended", "word-offered", "turn-started"]);
    expect(endings(more)).toMatchObject([{ speaker: id("bob"), reason: "circle-ended", keepsMs: null }]);
    expect([more.word, more.state.phase]).toEqual(["eve", "between"]);
  });

  test("a hand opens the microphone at once, also where the word in a round is to be taken", () => {
    expect(turnOf(floor({ accept: "by-next" }).raise("bob").state)?.status).toBe("speaking");
    expect(turnOf(trio({ accept: "by-next" }).state)?.status).toBe("offered");
  });

  test("its hand goes down three seconds after its owner began to speak, because they spoke", () => {
    const play = floor().raise("bob").wait(2);
    expect(handsOf(play.state)).toHaveLength(1);
    play.wait(1);
    expect(handsOf(play.state)).toEqual([]);
    expect(lowered(play)).toMatchObject([{ who: id("bob"), reason: "spoke" }]);
  });
});

describe("whoever goes", () => {
  test("ends their turn because they left, and by another's hand because they were made to", () => {
    expect(endings(trio().by("ann", "leave"))).toMatchObject([{ reason: "left", keepsMs: null }]);
    const taken = trio().ask("mod", { type: "take-out", who: id("ann") });
    expect(endings(taken)).toMatchObject([{ reason: "forced" }]);
    expect(taken.journal.find(({ type }) => type === "person-left")).toMatchObject({ by: id("mod") });
    expect(
      trio()
        .by("bob", "leave")
        .journal.find(({ type }) => type === "person-left"),
    ).not.toHaveProperty("by");
  });

  test("gives the keeper's part to the next who is there, once the meeting has begun, and only where it was theirs", () => {
    expect(trio().by("ann", "leave").state.keeper).toBe(id("bob"));
    expect(types(trio().by("bob", "leave"))).toEqual(["person-left"]);
    const gathering = new Play().gather("ann", "bob");
    expect(types(gathering.by("ann", "leave"))).toEqual(["person-left"]);
  });
});

describe("the end", () => {
  test("in the middle of a circle ends the turn and the circle for that reason", () => {
    const play = trio().wait(5).by("ann", "end");
    expect(types(play)).toEqual(["turn-ended", "circle-ended", "meeting-ended"]);
    expect(endings(play)).toMatchObject([{ reason: "meeting-ended", spentMs: 5_000, keepsMs: null }]);
    expect(play.journal.at(-2)).toMatchObject({ nextStep: null, nextAt: null });
  });

  test("between two circles ends no circle a second time", () => {
    expect(types(resting().by("ann", "end"))).toEqual(["meeting-ended"]);
  });

  test("of a circle by its keeper ends the speaker's turn with the circle", () => {
    const play = trio().ask("ann", { type: "end-circle" });
    expect(endings(play)).toMatchObject([{ speaker: id("ann"), reason: "passed" }]);
    expect(play.word).toBeNull();
  });
});

test("a circle's time is shared by all who still have a turn in it, those who come back to it as well", () => {
  const circles = [{ theme: "first", kind: "statement" as const, circleSeconds: 90 }];
  const play = trio({ turnSeconds: 60, circles });
  expect(turnOf(play.state)?.limitMs).toBe(30_000);
  play.wait(15).by("ann", "skip");
  // 75 s are left for Bob, Eve and what Ann keeps.
  expect(turnOf(play.state)).toMatchObject({ speaker: id("bob"), limitMs: 25_000 });
});
