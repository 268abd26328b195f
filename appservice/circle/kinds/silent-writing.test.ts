import { describe, expect, test } from "vitest";
import { translateTo } from "../../language/translate.ts";
import { council, id, Play } from "../../../tests/support/circle/play.ts";
import { ofKind, trioIn, typed } from "../../../tests/support/circle/of-kind.ts";
import { runningCircle } from "../meeting.ts";
import { textsBefore } from "./kinds.ts";

const t = translateTo("en");
const ANN = id("ann");
const BOB = id("bob");
const EVE = id("eve");
const writing = () => trioIn({ theme: "ideas", kind: "silent-writing" }, { theme: "which?", kind: "dot-vote" });

describe("writing in silence", () => {
  test("ends in a number of people who wrote, or in nothing", () => {
    expect(ofKind(writing(), 0).outcome).toBeNull();
    expect(ofKind(writing().write("ann", "tea"), 0).outcome).toBe("1 person wrote");
    expect(ofKind(writing().write("ann", "tea").write("bob", "").write("eve", "cake"), 0).outcome).toBe(
      "2 people wrote",
    );
  });

  test("in an export has each text with its writer's name", () => {
    const play = writing().write("ann", "tea").write("bob", "").write("eve", "");
    expect(ofKind(play, 0).exported).toEqual({ texts: [{ name: "ann", text: "tea" }] });
  });

  test("shows each their own text while all write, and no other's", () => {
    const play = writing().write("bob", "tea", false).write("eve", "cake");
    expect(ofKind(play, 0).mine(BOB)).toEqual({ text: { circle: 0, text: "tea", finished: false } });
    expect(ofKind(play, 0).mine(EVE)).toEqual({ text: { circle: 0, text: "cake", finished: true } });
    expect(ofKind(play, 0).mine(ANN)).toEqual({});
    expect(ofKind(play.by("ann", "next-circle"), 0).mine(BOB)).toEqual({});
  });

  test("has texts of people, by which they are found to be taken back", () => {
    const play = writing().write("bob", "tea").write("eve", "");
    play.ask("ann", { type: "write", text: "cake", finished: true, message: "$typed" });
    expect(ofKind(play, 0).sources).toEqual([BOB, "$typed"]);
    expect(writing().write("bob", "tea").journal.at(-1)).not.toHaveProperty("message");
  });

  test("has time to write, which the circle's message says", () => {
    const timed = trioIn({ theme: "ideas", kind: "silent-writing", circleSeconds: 240 });
    expect(ofKind(timed, 0).how()).toEqual([t("circle.how-writing", { time: "4:00" }), "(ring)"]);
    expect(ofKind(writing(), 0).how()).toEqual([t("circle.how-writing", { time: "1:00" }), "(ring)"]);
  });

  test("cuts texts in a snapshot that is too large, and leaves all out where that is not enough", () => {
    const play = writing().write("bob", "more tea").by("ann", "next-circle");
    const cut = (text: string) => text.slice(0, 4);
    expect(ofKind(play, 0).shorten(cut, 4)).toMatchObject({ index: 0, texts: [{ who: BOB, text: "more" }] });
    expect(ofKind(play, 0).shorten(cut, 0)).toMatchObject({ index: 0, texts: [] });
  });

  test("waits for those who are there and sit in the ring, and for nobody else", () => {
    const stage = (play: Play) => runningCircle(play.state)?.stage;
    const two = () => writing().write("ann", "tea").write("bob", "cake");
    expect(stage(two())).toBe("writing");
    expect(stage(two().write("eve", "pie", false))).toBe("writing");
    expect(stage(writing().drop("eve").write("ann", "tea").write("bob", "cake"))).toBe("round");
    expect(stage(writing().by("eve", "leave").write("ann", "tea").write("bob", "cake"))).toBe("round");
    expect(stage(writing().write("eve", "pie").by("eve", "leave").write("ann", "tea"))).toBe("writing");
    expect(stage(writing().by("ann", "pause").write("ann", "a").write("bob", "b").write("eve", "c"))).toBe("writing");
  });

  test("is for those in the ring, of those who are written down, and says how long a text may be", () => {
    expect(writing().write("zoe", "tea").last).toEqual({
      accepted: false,
      refusal: { code: "not-in-circle", detail: {} },
    });
    expect(writing().write("ann", "x".repeat(2_001)).last).toEqual({
      accepted: false,
      refusal: { code: "too-long", detail: { most: 2_000 } },
    });
    const asks = { wording: 1, items: [] };
    const play = new Play().gather("ann", "bob").send({ type: "ask-agreement", asks, at: 1_000_000 });
    play.start("ann", council({ circles: [{ theme: "ideas", kind: "silent-writing" }] }));
    expect(play.write("ann", "tea").refusal).toBe("unwritten");
    expect(play.write("ann", "  ").refusal).toBeNull();
    expect(play.write("bob", "", false).refusal).toBe("nothing-written");
    expect(play.write("ann", "", false).refusal).toBeNull();
    expect(writing().write("ann", " tea ").journal.at(-1)).toMatchObject({ text: "tea" });
  });

  test("is understood when typed, and answered; a text that nobody may write is refused", () => {
    expect(typed("write more tea", writing())).toEqual({
      asked: [{ type: "write", text: "more tea", finished: true }],
      answer: { say: [t("write.taken")] },
    });
    expect(typed("write tea", trioIn({ theme: "one" }))).toMatchObject({
      answer: { refusal: { code: "not-writing" } },
    });
    expect(typed("write", writing())).not.toMatchObject({ asked: { length: 2 } });
  });

  test("is what a later circle takes up, of the last in which people wrote", () => {
    expect(textsBefore(writing().state)).toEqual({ circle: 0, texts: [] });
    expect(textsBefore(trioIn({ theme: "one" }).state)).toBeNull();
    expect(textsBefore(writing().write("ann", "tea", false).state)).toMatchObject({
      texts: [{ who: ANN, text: "tea" }],
    });
  });
});
