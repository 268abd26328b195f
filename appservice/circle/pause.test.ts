import { describe, expect, test } from "vitest";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { circleOf, handsOf, pausedSince, runningCircle, turnOf } from "./meeting.ts";

type Change = NonNullable<Parameters<typeof council>[0]>;
const trio = (change: Change = {}) => new Play().gather("ann", "bob", "eve").start("ann", council(change));
const types = (play: Play) => (play.last.accepted ? play.last.events.map(({ type }) => type) : []);

function resting(): Play {
  const play = trio({ betweenSeconds: 20 });
  while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
  return play;
}

describe("a pause", () => {
  test("is of a meeting that runs, and made by whoever steers it", () => {
    expect(new Play().gather("ann").by("mod", "pause").refusal).toBe("no-meeting");
    expect(new Play().gather("ann").by("mod", "resume").refusal).toBe("no-meeting");
    expect(trio().by("bob", "pause").refusal).toBe("not-keeper");
    expect(trio().by("ann", "pause").by("bob", "resume").refusal).toBe("not-keeper");
    expect(trio().by("ann", "resume").refusal).toBe("not-paused");
    expect(trio().by("ann", "pause").journal.at(-1)).toMatchObject({ type: "meeting-paused", by: id("ann") });
    expect(pausedSince(trio().wait(5).by("ann", "pause").state)).toBe(1_005_000);
  });

  test("stops an offer: on going on, there is the whole time to take it", () => {
    const play = trio({ accept: "by-next" }).wait(8).by("ann", "pause").wait(100).by("ann", "resume");
    expect(turnOf(play.state)).toMatchObject({ status: "offered", lapsesAt: play.at + 10_000 });
    expect(play.wait(9).word).toBe("ann");
    expect(play.wait(1).word).toBe("bob");
  });

  test("stops the wait for a speaker who dropped out: on going on, they have it all again", () => {
    const play = trio().wait(5).drop("ann").wait(14).by("mod", "pause").wait(100).by("mod", "resume");
    expect(types(play)).toEqual(["meeting-resumed"]);
    expect(turnOf(play.state)).toMatchObject({ status: "speaking", runningSince: null, lapsesAt: play.at + 15_000 });
    expect(play.wait(14).word).toBe("ann");
    expect(play.wait(1).word).toBe("bob");
  });

  test("lets a speaker go on where they were, without any time to come back", () => {
    const play = trio().wait(5).by("ann", "pause").wait(50).by("ann", "resume");
    expect(types(play)).toEqual(["meeting-resumed", "turn-continued"]);
    expect(turnOf(play.state)).toMatchObject({ spentMs: 5_000, runningSince: play.at, lapsesAt: null });
  });

  test("of the rest between two circles: the whole rest begins anew", () => {
    const play = resting().wait(15).by("ann", "pause").wait(100);
    expect(play.state.phase).toBe("between");
    play.by("ann", "resume");
    expect(types(play)).toEqual(["meeting-resumed"]);
    expect(play.wait(19).state.phase).toBe("between");
    expect(play.wait(1).state.phase).toBe("circle");
  });

  test("while somebody speaks by a hand: the rest does not begin before they are done", () => {
    const play = resting().raise("bob").by("ann", "pause").wait(5).by("ann", "resume").wait(30);
    expect(play.word).toBe("bob");
    expect(play.state.phase).toBe("between");
    expect(play.by("bob", "pass").wait(19).state.phase).toBe("between");
  });

  test("stops the end of a circle that has a time of its own", () => {
    const circles = [{ theme: "talk", kind: "open-floor" as const, circleSeconds: 60 }];
    const play = trio({ circles });
    const ends = runningCircle(play.state)!.endsAt!;
    expect(runningCircle(play.wait(5).by("ann", "pause").wait(30).by("ann", "resume").state)?.endsAt).toBe(
      ends + 30_000,
    );
    expect(runningCircle(trio().by("ann", "pause").wait(30).by("ann", "resume").state)?.endsAt).toBeNull();
  });

  test("in which somebody came to the word: it opens on going on", () => {
    const play = trio().by("ann", "pause").wait(3).by("ann", "pass").by("ann", "resume");
    expect(types(play)).toEqual(["meeting-resumed", "turn-started"]);
    const away = trio().drop("bob").by("ann", "pause").wait(3).by("ann", "pass").by("ann", "resume");
    expect(types(away)).toEqual(["meeting-resumed"]);
  });

  test("in which hands went up: the first gets the word on going on", () => {
    const play = resting().by("ann", "pause").raise("eve").by("ann", "resume");
    expect(play.word).toBe("eve");
    expect(handsOf(play.state)).toHaveLength(1);
  });
});

describe("the call goes away", () => {
  const lost = (play: Play) => play.send({ type: "call-lost", at: play.at });
  const back = (play: Play) => play.send({ type: "call-back", at: play.at });

  test("which is no matter before the meeting, in a pause, and to people who are not in it", () => {
    const nothing = { accepted: true, events: [] };
    expect(lost(new Play().gather("ann")).last).toEqual(nothing);
    expect(back(new Play().gather("ann")).last).toEqual(nothing);
    expect(lost(trio().by("ann", "pause")).last).toEqual(nothing);
    expect(back(trio()).last).toEqual(nothing);
  });

  test("the outage is known from its beginning to its end, whatever ended it", () => {
    const play = lost(trio().wait(5));
    const at = play.at;
    expect(play.state.outages).toEqual([{ at, until: null }]);
    back(play.wait(10));
    expect(play.state.outages).toEqual([{ at, until: at + 10_000 }]);
    lost(play.wait(5)).wait(5).by("ann", "end");
    expect(play.state.outages).toEqual([
      { at, until: at + 10_000 },
      { at: at + 15_000, until: at + 20_000 },
    ]);
    expect(trio().by("ann", "pause").by("ann", "resume").state.outages).toEqual([]);
  });

  test("nothing moves on meanwhile: not by the one who has the word, not by the keeper", () => {
    const play = lost(resting());
    expect(play.by("ann", "next-circle").refusal).toBe("call-away");
    const circle = lost(trio({ accept: "by-next" }));
    expect(circle.by("ann", "accept").refusal).toBe("call-away");
    expect(circle.ask("ann", { type: "end-circle" }).refusal).toBe("call-away");
    expect(circle.raise("bob").refusal).toBeNull();
    expect(circle.by("ann", "end").state.phase).toBe("ended");
    expect(circleOf(circle.state)?.index).toBe(0);
  });
});
