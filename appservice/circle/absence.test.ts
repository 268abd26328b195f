import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import { game, run } from "../../tests/support/circle/random-games.ts";
import { nextDeadline } from "./clock.ts";
import { type Meeting, runningCircle, turnOf } from "./meeting.ts";
import { spentBy } from "./turn.ts";

const begun = (change: Parameters<typeof council>[0] = {}) =>
  new Play().gather("ann", "bob", "eve").start("ann", council(change));
const offered = () => begun({ accept: "by-next" });

describe("while the service could hear nobody", () => {
  test("an offer did not lapse: the whole time to take it begins anew", () => {
    const play = offered().wait(9).serviceAway(300);
    expect(turnOf(play.state)).toMatchObject({ speaker: "@ann:hs", status: "offered", lapsesAt: play.at + 10_000 });
    expect(play.wait(9).word).toBe("ann");
    expect(play.by("ann", "accept").last.accepted).toBe(true);
    expect(offered().serviceAway(300).wait(10).word).toBe("bob");
  });

  test("a speaker who had dropped out has the whole time to come back once more", () => {
    const play = begun().wait(5).drop("ann").wait(14).serviceAway(60).wait(14);
    expect(play.word).toBe("ann");
    expect(play.connect("ann").word).toBe("ann");
    expect(spentBy(turnOf(play.state)!, play.at)).toBe(5_000);
    expect(begun().drop("ann").serviceAway(60).wait(15).word).not.toBe("ann");
  });

  test("a turn took nothing of its time", () => {
    const play = begun({ turnSeconds: 60 }).wait(50).serviceAway(600);
    expect(spentBy(turnOf(play.state)!, play.at)).toBe(50_000);
    expect(play.wait(9).word).toBe("ann");
    expect(play.wait(60).word).not.toBe("ann");
    expect(begun({ turnSeconds: 60 }).wait(5).serviceAway(600).wait(40).word).toBe("ann");
  });

  test("what does not run out has no time to run out by", () => {
    const last = (play: Play) => play.journal.at(-1);
    expect(last(begun().wait(5).serviceAway(60))).toMatchObject({ lapsesAt: null, endsAt: null, nextAt: null });
    const play = begun({ betweenSeconds: 60 });
    while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
    expect(last(play.serviceAway(60))).toMatchObject({ lapsesAt: null, endsAt: null, nextAt: play.at + 60_000 });
  });

  test("writing did not end, and those who write have ten seconds at least", () => {
    const circles = [{ theme: "first", kind: "silent-writing" as const, circleSeconds: 60 }];
    const ends = (play: Play) => runningCircle(play.state)!.endsAt! - play.at;
    expect(ends(begun({ circles }).wait(20).serviceAway(600))).toBe(40_000);
    expect(ends(begun({ circles }).wait(59).serviceAway(600))).toBe(10_000);
  });

  test("the rest between two circles was not over", () => {
    const resting = (betweenSeconds: number) => {
      const play = begun({ betweenSeconds });
      while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
      return play;
    };
    const begins = (play: Play) => nextDeadline(play.state)! - play.at;
    expect(begins(resting(60).wait(10).serviceAway(600))).toBe(50_000);
    expect(begins(resting(60).wait(59).serviceAway(600))).toBe(10_000);
    expect(begins(resting(5).wait(4).serviceAway(600))).toBe(5_000);
  });

  test("nothing happened where nothing can run out: before, in a pause, and after a meeting", () => {
    const none = { accepted: true, events: [] };
    expect(new Play().gather("ann").serviceAway(60).last).toEqual(none);
    expect(begun().by("ann", "pause").serviceAway(60).last).toEqual(none);
    expect(begun().by("ann", "end").serviceAway(60).last).toEqual(none);
  });
});

const spent = (meeting: Meeting, at: number) => {
  const turn = turnOf(meeting);
  return turn && spentBy(turn, at);
};

test("whatever happened before, an absence costs nobody anything: nothing is due right after it, and the speaker has spent what they had", () => {
  fc.assert(
    fc.property(game, fc.integer({ min: 0, max: 100_000 }), (g, seconds) => {
      const table = run(g).wait(0);
      table.at = Math.max(table.at, table.state.at);
      const [before, since, next] = [table.state, table.at, nextDeadline(table.state)];
      table.serviceAway(seconds);
      expect(spent(table.state, table.at)).toBe(spent(before, since));
      expect(turnOf(table.state)?.id).toBe(turnOf(before)?.id);
      const due = nextDeadline(table.state);
      expect(due === null).toBe(next === null);
      if (due !== null && next !== null) expect(due - table.at).toBeGreaterThanOrEqual(Math.min(next - since, 10_000));
    }),
  );
});
