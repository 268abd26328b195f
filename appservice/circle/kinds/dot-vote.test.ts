import { describe, expect, test } from "vitest";
import { translateTo } from "../../language/translate.ts";
import { id, type Play } from "../../../tests/support/circle/play.ts";
import { ofKind, saying, trioIn, typed } from "../../../tests/support/circle/of-kind.ts";
import { circlesThatRan, runningCircle } from "../meeting.ts";
import { snapshotOf } from "../snapshot.ts";
import { KINDS } from "./kinds.ts";

const t = translateTo("en");
const ANN = id("ann");
const BOB = id("bob");
const EVE = id("eve");
const writing = () => trioIn({ theme: "ideas", kind: "silent-writing" }, { theme: "which?", kind: "dot-vote" });
/** All have written, and put what they wrote into groups. */
function grouping(): Play {
  const play = writing().write("ann", "buy  tea").write("bob", "mend\nthe roof").write("eve", "more tea");
  for (const name of ["ann", "bob", "eve"]) play.by(name, "pass");
  return play;
}
function voting(): Play {
  return grouping()
    .ask("ann", { type: "group-texts", texts: [3, 1], name: "Tea" })
    .by("ann", "next-circle");
}
const dots = (play: Play, name: string, ...on: number[]) => play.ask(name, { type: "give-dots", on });

describe("a vote by dots", () => {
  test("in the room has its groups by number, and by dots once it is over", () => {
    const play = dots(dots(voting(), "ann", 2, 2, 1), "bob", 2);
    expect(ofKind(play, 1).lines(false)).toEqual([
      { lead: "1, 3", item: "Tea: buy tea · more tea" },
      { lead: "2", item: "mend the roof" },
    ]);
    expect(ofKind(play, 1).lines(true)).toEqual([
      { lead: "3 dots", item: "mend the roof" },
      { lead: "1 dot", item: "Tea: buy tea · more tea" },
    ]);
    expect(ofKind(play, 1).outcome).toBe("3 dots: mend the roof");
    expect(ofKind(voting(), 1).outcome).toBeNull();
    expect(ofKind(trioIn({ theme: "which?", kind: "dot-vote" }), 0).outcome).toBeNull();
    expect(ofKind(play, 1).how()).toEqual(["(ring)", t("circle.how-dots")]);
  });

  test("cuts a long text in the circle's message, and shows a dash where there is none any more", () => {
    const play = writing().write("ann", "y".repeat(200)).by("ann", "next-circle");
    for (const name of ["ann", "bob", "eve"]) play.by(name, "pass");
    const [line] = ofKind(play, 1).lines(false) ?? [];
    expect(line).toMatchObject({ lead: "1", item: expect.stringMatching(/^y{70,80}…?$/) });
    const gone = grouping();
    gone.send({ type: "clock", at: gone.at });
    const rules = KINDS["dot-vote"];
    const ran = circlesThatRan(gone.state)[1]!;
    const without = { ...ran, data: rules.forget?.(ran.data, ANN) } as typeof ran;
    expect(rules.lines?.(without, false, saying)[0]).toEqual({ lead: "1", item: "—" });
  });

  test("for machines, and in an export, tells counts once it is over", () => {
    const play = dots(voting(), "ann", 2, 2, 1);
    expect(ofKind(play, 1).machine(false)).toMatchObject({ vote: [{ name: "Tea", dots: null }, { dots: null }] });
    expect(ofKind(play, 1).machine(true)).toMatchObject({ vote: [{ dots: 2 }, { name: "Tea", dots: 1 }] });
    expect(ofKind(play, 1).exported).toEqual({
      points: ["Tea: buy tea (ann) · more tea (eve)", "mend the roof (bob)"],
    });
    expect(ofKind(play.by("ann", "next-circle"), 1).exported).toEqual({
      points: ["2 dots – mend the roof (bob)", "1 dot – Tea: buy tea (ann) · more tea (eve)"],
    });
  });

  test("shows each their own dots while it runs, and no other's", () => {
    const play = dots(dots(voting(), "ann", 2, 2, 3), "eve", 1);
    expect(ofKind(play, 1).mine(ANN)).toEqual({ dots: { circle: 1, on: [2, 2, 1] } });
    expect(ofKind(play, 1).mine(EVE)).toEqual({ dots: { circle: 1, on: [1] } });
    expect(ofKind(play, 1).mine(BOB)).toEqual({});
    expect(ofKind(grouping(), 1).mine(ANN)).toEqual({});
  });

  test("has texts and names of people, by which they are found to be taken back", () => {
    const named = grouping().ask("ann", { type: "group-texts", texts: [1], name: "Tea", message: "$typed" });
    expect(ofKind(named, 1).sources).toEqual([ANN, BOB, EVE, "$typed"]);
    expect(ofKind(voting(), 1).sources).toEqual([ANN, BOB, EVE, ANN]);
    expect(ofKind(grouping().ask("ann", { type: "group-texts", texts: [1, 2], name: "" }), 1).sources).toEqual([
      ANN,
      BOB,
      EVE,
    ]);
  });

  test("cuts texts in a snapshot that is too large, and leaves them empty where that is not enough", () => {
    const cut = (text: string) => text.slice(0, 3);
    expect(ofKind(voting(), 1).shorten(cut, 3)).toMatchObject({
      index: 1,
      vote: [
        { name: "Tea", texts: [{ number: 1, who: ANN, text: "buy" }, { text: "mor" }] },
        { texts: [{ text: "men" }] },
      ],
    });
    expect(ofKind(voting(), 1).shorten(cut, 0)).toMatchObject({
      vote: [{ texts: [{ number: 1, text: "" }, { text: "" }] }, { texts: [{ text: "" }] }],
    });
    expect(
      KINDS["dot-vote"].shorten?.({ ...snapshotOf(voting().state, 0).circles[0]!, vote: undefined }, cut, 3).vote,
    ).toBeUndefined();
  });

  test("is understood when typed: numbers first, a name behind them", () => {
    const asked = (rest: string) => {
      const outcome = typed(rest, grouping());
      return typeof outcome === "string" ? outcome : outcome.asked[0];
    };
    expect(asked("group 1 3 green tea")).toEqual({ type: "group-texts", texts: [1, 3], name: "green tea" });
    expect(asked("group 1 3")).toEqual({ type: "group-texts", texts: [1, 3], name: "" });
    expect(asked("group 1 3rd 2")).toEqual({ type: "group-texts", texts: [1], name: "3rd 2" });
    expect(asked("group tea")).toBe("not understood");
    expect(asked("group")).toBe("not understood");
    expect(asked("group 1234")).toBe("not understood");
    expect(asked("group 12")).toEqual({ type: "group-texts", texts: [12], name: "" });
    expect(typed("group 9", grouping())).toMatchObject({ answer: { refusal: { code: "no-such-text" } } });
    expect(typed("group 1 2", grouping())).toMatchObject({ answer: null });
  });

  test("tells whoever types their dots how many are left", () => {
    expect(typed("dots 1 2", voting())).toEqual({
      asked: [{ type: "give-dots", on: [1, 2] }],
      answer: { say: [t("dots.taken", { count: 1 })] },
    });
    expect(typed("dots x", voting())).toBe("not understood");
    expect(typed("dots 1", grouping())).toMatchObject({ answer: { refusal: { code: "not-voting" } } });
  });

  test("is for the texts that there are, and for whoever has the word", () => {
    const group = (play: Play, name: string, texts: number[], as = "") =>
      play.ask(name, { type: "group-texts", texts, name: as });
    expect(group(grouping(), "bob", [1]).last).toMatchObject({
      refusal: { code: "not-your-turn", detail: { speaker: ANN } },
    });
    expect(group(grouping(), "ann", [4]).last).toMatchObject({
      refusal: { code: "no-such-text", detail: { most: 3 } },
    });
    expect(group(grouping(), "ann", [1], "x".repeat(81)).last).toMatchObject({
      refusal: { code: "too-long", detail: { most: 80 } },
    });
    expect(group(grouping(), "ann", [1], "x".repeat(80)).refusal).toBeNull();
    expect(group(voting(), "ann", [1]).refusal).toBe("not-voting");
    expect(group(grouping().drop("bob").by("ann", "pass"), "bob", [1]).refusal).toBe("no-turn");
    expect(group(grouping(), "ann", [1, 2]).journal.at(-1)).not.toHaveProperty("message");
    expect(dots(voting(), "ann", 1, 1, 1, 1).last).toMatchObject({
      refusal: { code: "too-many-dots", detail: { most: 3 } },
    });
    expect(dots(voting(), "zoe", 1).last).toMatchObject({ refusal: { code: "not-in-circle", detail: {} } });
    const asks = { wording: 1, items: [] };
    const play = grouping().send({ type: "ask-agreement", asks, at: 2_000_000 });
    play.ask("ann", { type: "agree", agreed: false, shown: asks });
    expect(group(play, "ann", [1], "Tea").refusal).toBe("unwritten");
    expect(group(play, "ann", [1, 2], " ").refusal).toBeNull();
  });

  test("waits for all who are there, not in a pause, and ends with the last dot", () => {
    const all = (play: Play) => dots(dots(dots(play, "ann", 1, 1, 2), "bob", 2, 2, 2), "eve", 1, 2, 2);
    expect(all(voting()).state.phase).toBe("ended");
    expect(all(voting().by("ann", "pause")).state.phase).toBe("circle");
    expect(dots(dots(voting().drop("eve"), "ann", 1, 1, 2), "bob", 2, 2, 2).state.phase).toBe("ended");
    expect(dots(dots(dots(voting(), "ann", 1, 1, 2), "bob", 2, 2, 2), "eve", 1, 2).state.phase).toBe("circle");
  });

  test("has a time of its own, or that of a turn", () => {
    const endsAt = (play: Play) => runningCircle(play.state)!.endsAt! - play.at;
    expect(endsAt(voting())).toBe(60_000);
    const timed = trioIn(
      { theme: "ideas", kind: "silent-writing" },
      { theme: "which?", kind: "dot-vote", circleSeconds: 90 },
    );
    timed.write("ann", "tea").by("ann", "next-circle");
    for (const name of ["ann", "bob", "eve"]) timed.by(name, "pass");
    expect(endsAt(timed.by("ann", "next-circle"))).toBe(90_000);
    expect(timed.journal.at(-2)).toMatchObject({ type: "turn-ended", reason: "forced" });
  });

  test("takes back what is given anew: no dot is counted twice, and none is left of an empty hand", () => {
    const play = dots(dots(dots(voting(), "ann", 1, 1), "bob", 2), "ann");
    expect(ofKind(play, 1).machine(true)).toMatchObject({ vote: [{ texts: [{ number: 2 }], dots: 1 }, { dots: 0 }] });
    expect(ofKind(play, 1).mine(ANN)).toEqual({});
  });

  test("of which the room shows nothing is taken up as one of nothing", () => {
    const snapshot = snapshotOf(voting().state, 0);
    expect(KINDS["dot-vote"].takeUp?.({ ...snapshot.circles[1]!, vote: undefined }, snapshot)).toEqual({
      texts: [],
      groups: [],
      dots: [],
    });
  });

  test("on nothing that was written is a round like any other", () => {
    const play = writing().by("ann", "next-circle");
    for (const name of ["ann", "bob", "eve"]) play.by(name, "pass");
    expect(runningCircle(play.state)).toMatchObject({ kind: "dot-vote", stage: "round", endsAt: null });
  });
});
