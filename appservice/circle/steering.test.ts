import { describe, expect, test } from "vitest";
import { council, id, nameOf, Play } from "../../tests/support/circle/play.ts";
import { circleOf, runningCircle, turnOf } from "./meeting.ts";
import { snapshotOf } from "./snapshot.ts";

const running = (...names: string[]) => new Play().gather(...names).start("ann");
const types = (play: Play) => (play.last.accepted ? play.last.events.map(({ type }) => type) : []);
const rest = () => running("ann", "bob").by("ann", "pass").by("bob", "pass");
const snapshot = (play: Play) => snapshotOf(play.state, play.at);

describe("time that is added", () => {
  const ends = (play: Play) => runningCircle(play.state)?.endsAt;
  const timed = () =>
    new Play().gather("ann", "bob", "eve").start("ann", council({ circles: [{ theme: "one", circleSeconds: 300 }] }));

  test("moves the end of a circle that has one by that time for each turn to come, the present one included", () => {
    const play = timed();
    const before = ends(play)!;
    expect(ends(play.ask("ann", { type: "more-time", byMs: 10_000 }))).toBe(before + 30_000);
    play.by("ann", "skip").by("bob", "pass");
    expect(ends(play.ask("ann", { type: "more-time", byMs: 10_000 }))).toBe(before + 50_000);
    expect(ends(running("ann").ask("ann", { type: "more-time", byMs: 10_000 }))).toBeNull();
  });

  test("to the writing leaves the turns behind it as they are", () => {
    const plan = council({ circles: [{ theme: "one", kind: "silent-writing" }] });
    const play = new Play().gather("ann", "bob").start("ann", plan).ask("ann", { type: "more-time", byMs: 30_000 });
    expect(types(play)).toEqual(["time-added"]);
    expect(turnOf(play.by("ann", "next-circle").state)?.limitMs).toBe(60_000);
  });

  test("to an open floor on which somebody speaks lengthens the floor, not their turn", () => {
    const plan = council({ circles: [{ theme: "one", kind: "open-floor", circleSeconds: 60 }] });
    const play = new Play().gather("ann", "bob").start("ann", plan).raise("bob");
    expect(types(play.ask("ann", { type: "more-time", byMs: 30_000 }))).toEqual(["time-added"]);
    expect([ends(play), turnOf(play.state)?.limitMs]).toEqual([1_090_000, 60_000]);
  });

  test("is the keeper's to add, in a circle that runs", () => {
    expect(running("ann", "bob").ask("bob", { type: "more-time", byMs: 1 }).refusal).toBe("not-keeper");
    expect(new Play().gather("ann").ask("mod", { type: "more-time", byMs: 1 }).refusal).toBe("no-circle");
    expect(rest().ask("ann", { type: "more-time", byMs: 1 }).refusal).toBe("no-circle");
    expect(types(running("ann", "bob").by("ann", "pause").wait(3).by("ann", "pass"))).not.toEqual([]);
    expect(running("ann", "bob").ask("ann", { type: "more-time", byMs: 5 }).journal.at(-1)).toMatchObject({
      type: "turn-extended",
      by: id("ann"),
      byMs: 5,
    });
  });
});

describe("whoever steers", () => {
  test("does so in a meeting that is not over, as its keeper", () => {
    const over = () => running("ann", "bob").by("ann", "end");
    expect(over().ask("ann", { type: "reorder", order: [] }).refusal).toBe("no-meeting");
    expect(over().ask("ann", { type: "draw-order", seed: 1 }).refusal).toBe("no-meeting");
    expect(over().ask("mod", { type: "take-out", who: id("bob") }).refusal).toBe("no-meeting");
    expect(over().ask("ann", { type: "set-theme", theme: "x", circle: null }).refusal).toBe("no-circle");
    expect(new Play().gather("ann").ask("mod", { type: "set-theme", theme: "x", circle: null }).refusal).toBe(
      "no-circle",
    );
    const three = () => running("ann", "bob", "eve");
    expect(three().ask("bob", { type: "reorder", order: [] }).refusal).toBe("not-keeper");
    expect(three().ask("bob", { type: "draw-order", seed: 1 }).refusal).toBe("not-keeper");
    expect(three().ask("bob", { type: "set-theme", theme: "x", circle: null }).refusal).toBe("not-keeper");
    expect(three().by("ann", "pause").ask("ann", { type: "end-circle" }).refusal).toBe("paused");
    expect(running("ann").ask("ann", { type: "reorder", order: [] }).refusal).toBe("nobody-waits");
  });

  test("tells an order that was set from one that was drawn", () => {
    const last = (play: Play) => play.journal.at(-1);
    const four = () => running("ann", "bob", "eve", "dan");
    expect(last(four().ask("ann", { type: "reorder", order: [id("dan")] }))).toMatchObject({ drawn: false });
    expect(last(four().ask("ann", { type: "draw-order", seed: 1 }))).toMatchObject({ drawn: true });
  });

  test("changes the order twice: what was set first stays where nothing else is said", () => {
    const play = new Play().gather("ann", "bob", "eve").ask("ann", { type: "reorder", order: [id("eve")] });
    play.ask("ann", { type: "reorder", order: [id("bob")] });
    expect(snapshot(play).order?.map(nameOf)).toEqual(["bob", "eve", "ann"]);
  });

  test("ends an open floor without anybody being unheard", () => {
    const play = new Play()
      .gather("ann", "bob")
      .start("ann", council({ circles: [{ theme: "talk", kind: "open-floor" }] }));
    play.ask("ann", { type: "end-circle" });
    expect(play.journal.find(({ type }) => type === "circle-cut-short")).toMatchObject({ unheard: [] });
  });

  test("who ends the circle in their own turn has passed", () => {
    expect(running("ann", "bob").ask("ann", { type: "end-circle" }).state.ended.at(-1)).toMatchObject({
      reason: "passed",
    });
  });

  test("gives a turn to whoever has spoken, in a round, and of those who are there", () => {
    const give = (play: Play, to: string, by = "ann") => play.ask(by, { type: "give-turn", to: id(to) });
    const spoken = () => running("ann", "bob", "eve").by("ann", "pass");
    expect(give(spoken(), "ann", "bob").refusal).toBe("not-keeper");
    expect(give(spoken(), "zoe").refusal).toBe("no-such-person");
    expect(give(rest(), "ann").refusal).toBe("no-circle");
    expect(give(new Play().gather("ann"), "ann", "mod").refusal).toBe("no-circle");
    const floor = new Play().gather("ann").start("ann", council({ circles: [{ theme: "talk", kind: "open-floor" }] }));
    expect(give(floor, "ann").refusal).toBe("no-circle");
    expect(give(spoken(), "eve").last).toMatchObject({ refusal: { code: "turn-to-come", detail: { name: "eve" } } });
    expect(give(give(spoken(), "ann"), "ann").refusal).toBe("turn-to-come");
    const again = give(spoken(), "ann").by("bob", "pass").by("eve", "pass");
    expect(again.word).toBe("ann");
    expect(give(again, "ann").refusal).toBe("turn-to-come");
  });

  test("gives a theme with the message in which it was typed, of five hundred letters at most", () => {
    const theme = (text: string, message?: string) =>
      running("ann", "bob").ask("ann", { type: "set-theme", theme: text, circle: null, ...(message && { message }) });
    expect(theme("x".repeat(500)).refusal).toBeNull();
    expect(theme("x".repeat(501)).last).toMatchObject({ refusal: { detail: { most: 500 } } });
    expect(theme("tea").journal.at(-1)).not.toHaveProperty("message");
    expect(theme("tea", "$typed").journal.at(-1)).toMatchObject({ message: "$typed", theme: "tea", circle: 0 });
    expect(circleOf(theme("tea").state)).toMatchObject({ theme: "tea", themeFrom: id("ann") });
    expect(circleOf(theme("tea", "$typed").state)).toMatchObject({ themeFrom: "$typed" });
  });
});
