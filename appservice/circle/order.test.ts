import { describe, expect, test } from "vitest";
import { council, id, nameOf, Play } from "../../tests/support/circle/play.ts";
import { snapshotOf } from "./snapshot.ts";
import { drawn, inOrder, lotFrom } from "./order.ts";
import { circleOf } from "./meeting.ts";

const NAMES = ["ann", "bob", "eve", "dan", "kim"];
const ring = (play: Play) => circleOf(play.state)?.ring.map(nameOf);
const handsUp = (play: Play) => snapshotOf(play.state, play.at).hands.map(({ who }) => nameOf(who));

describe("lots", () => {
  test("are drawn from the seed: whoever draws again from it gets the same", () => {
    expect(drawn(NAMES, 7)).toEqual(["dan", "bob", "eve", "kim", "ann"]);
    expect(drawn(NAMES, 8)).toEqual(["dan", "bob", "kim", "eve", "ann"]);
  });

  test("each circle has its own, which anybody can draw again from the meeting's seed and the circle's number", () => {
    const play = new Play().gather(...NAMES).start("ann", council({ order: "drawn", betweenSeconds: 0 }));
    expect(ring(play)).toEqual(drawn(NAMES, 7));
    for (let turn = 0; turn < NAMES.length; turn++) play.by(play.word!, "pass");
    expect(ring(play)).toEqual(drawn(NAMES, 8));
  });
});

describe("whole numbers by lot", () => {
  test("are below their bound, and the same from the same seed", () => {
    const lot = lotFrom(7);
    const numbers = Array.from({ length: 200 }, () => lot(6));
    expect(new Set(numbers)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    const again = lotFrom(7);
    expect(numbers.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => again(6)));
  });
});

describe("an order that was set", () => {
  test("names some first, each once, and nobody who is not there; the others stay as they were", () => {
    const [ann, bob, eve] = [id("ann"), id("bob"), id("eve")];
    expect(inOrder([ann, bob, eve], [eve, eve, id("zoe")])).toEqual([eve, ann, bob]);
  });
});

describe("a circle in which the keeper alone speaks", () => {
  const circles = [{ theme: "one" }, { theme: "present", speakers: "keeper" as const }];
  const between = () => {
    const play = new Play().gather("ann", "bob").start("ann", council({ circles }));
    return play.by("ann", "pass").by("bob", "pass");
  };

  test("is everybody's where the keeper is away", () => {
    expect(ring(between().wait(10))).toEqual(["ann"]);
    expect(ring(between().drop("ann").wait(10))).toEqual(["bob"]);
  });
});

describe("two hands of one kind", () => {
  /** Ann has spoken for long, Bob has not spoken, and both have raised their hands, Ann first. */
  const between = (hands: "raised-first" | "quietest-first") => {
    const plan = council({ hands, betweenSeconds: 60 });
    const play = new Play().gather("ann", "bob", "eve").start("ann", plan).wait(30);
    play.by("ann", "pass").by("bob", "pass").raise("ann").wait(1).raise("bob");
    return play;
  };

  test("come in the order in which they were raised", () => {
    expect(handsUp(between("raised-first"))).toEqual(["ann", "bob"]);
  });

  test("come by who has spoken least, where the scenario says so", () => {
    expect(handsUp(between("quietest-first"))).toEqual(["bob", "ann"]);
  });
});
