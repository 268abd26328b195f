import { describe, expect, test } from "vitest";
import { translateTo } from "../../language/translate.ts";
import { council, id, Play } from "../../../tests/support/circle/play.ts";
import { ofKind, trioIn, typed } from "../../../tests/support/circle/of-kind.ts";
import { KINDS } from "./kinds.ts";

const t = translateTo("en");
const ANN = id("ann");
const BOB = id("bob");
const EVE = id("eve");
const consenting = () => trioIn({ theme: "ok?", kind: "consent" }, { theme: "two" });

describe("consent", () => {
  test("for machines is each stance, and the verdict once it is over", () => {
    const play = consenting().position("bob", "object", "too dear").position("eve", "consent");
    const stances = [
      { who: BOB, position: "object", reason: "too dear" },
      { who: EVE, position: "consent", reason: "" },
    ];
    expect(ofKind(play, 0).machine(false)).toEqual({ stances, verdict: null });
    expect(ofKind(play, 0).machine(true)).toEqual({ stances, verdict: "objected" });
    expect(ofKind(consenting(), 0).machine(true)).toMatchObject({ verdict: "open" });
    expect(ofKind(consenting().position("eve", "consent"), 0).machine(true)).toMatchObject({ verdict: "consented" });
  });

  test("decides nothing while nobody has said anything, and one objection is enough", () => {
    expect(ofKind(consenting(), 0).decision).toEqual({
      circle: 0,
      step: 0,
      round: 1,
      verdict: "open",
      consents: [],
      objections: [],
    });
    const play = consenting().position("ann", "consent").position("bob", "object", "too dear");
    expect(ofKind(play, 0).decision).toMatchObject({
      verdict: "objected",
      consents: [ANN],
      objections: [{ who: BOB, reason: "too dear" }],
    });
  });

  test("in an export says who objects and why", () => {
    const play = consenting().position("bob", "object", "too dear").position("eve", "consent");
    expect(ofKind(play, 0).exported).toEqual({ points: ["bob: objects – too dear", "eve: consents"] });
  });

  test("asks for stances by the words to type", () => {
    expect(ofKind(consenting(), 0).how()).toEqual(["(ring)", t("circle.how-consent")]);
  });

  test("has reasons of people, by which they are found to be taken back; silence is none", () => {
    const play = consenting().position("bob", "consent").position("eve", "consent", "gladly");
    play.ask("ann", { type: "take-position", position: "object", reason: "no", message: "$typed" });
    expect(ofKind(play, 0).sources).toEqual([EVE, "$typed"]);
  });

  test("shortens long reasons to what fits, each alike, and leaves those that fit", () => {
    const names = Array.from({ length: 11 }, (_, i) => `p${i}`);
    const play = new Play().gather(...names).start("p0", council({ circles: [{ theme: "ok?", kind: "consent" }] }));
    for (const name of names.slice(0, 10)) play.position(name, "object", "x".repeat(500));
    const reasons = () => ofKind(play, 0).decision?.objections.map(({ reason }) => reason);
    expect(new Set(reasons())).toEqual(new Set(["x".repeat(500)]));
    play.position("p10", "object", "short");
    expect(reasons()).toEqual([...Array.from({ length: 10 }, () => `${"x".repeat(454)}…`), "short"]);
    expect(ofKind(play, 0).decision?.objections[0]?.who).toBe(id("p0"));
  });

  test("cuts reasons in a snapshot that is too large, and keeps who gave them", () => {
    const play = consenting().position("bob", "object", "too dear");
    expect(ofKind(play, 0).shorten((text) => text.slice(0, 3), 3)).toMatchObject({
      index: 0,
      stances: [{ who: BOB, position: "object", reason: "too" }],
    });
  });

  test("goes back while anybody objects, not only where all do", () => {
    const { goesBack } = KINDS.consent;
    const stance = (position: "object" | "consent") => ({ who: ANN, position, reason: "", at: 0 });
    expect(goesBack?.({ stances: [stance("object"), stance("consent")] })).toBe(true);
    expect(goesBack?.({ stances: [stance("consent")] })).toBe(false);
    expect(goesBack?.({ stances: [] })).toBe(false);
  });

  test("says how long a reason may be, and trims it", () => {
    const play = consenting().position("eve", "object", "x".repeat(501));
    expect(play.last).toMatchObject({ refusal: { code: "too-long", detail: { most: 500 } } });
    expect(consenting().position("eve", "object", "  ").refusal).toBe("objection-needs-reason");
    expect(consenting().position("eve", "object", " no ").stances).toMatchObject([{ reason: "no" }]);
    expect(consenting().position("eve", "consent").journal.at(-1)).not.toHaveProperty("message");
  });
});

describe("typed consent", () => {
  test("is taken with the words behind it, and a refusal is answered", () => {
    expect(typed("consent all right", consenting())).toEqual({
      asked: [{ type: "take-position", position: "consent", reason: "all right" }],
      answer: null,
    });
    expect(typed("object too dear", consenting())).toEqual({
      asked: [{ type: "take-position", position: "object", reason: "too dear" }],
      answer: null,
    });
    expect(typed("object", consenting())).toMatchObject({ answer: { refusal: { code: "objection-needs-reason" } } });
    expect(typed("consent", trioIn({ theme: "one" }))).toMatchObject({
      answer: { refusal: { code: "not-consenting" } },
    });
  });

  test("of somebody who was asked about their words is their answer to that, where no proposal is on", () => {
    const asks = { wording: 1, items: [] };
    const asked = () => trioIn({ theme: "one" }).send({ type: "ask-agreement", asks, at: 1_003_000 });
    const play = new Play().gather("ann", "bob").send({ type: "ask-agreement", asks, at: 1_000_000 });
    expect(typed("consent", play.start("ann"))).toEqual({
      asked: [
        { type: "take-position", position: "consent", reason: "" },
        { type: "agree", agreed: true, shown: asks },
      ],
      answer: null,
    });
    const again = typed("consent", play);
    expect(again).toMatchObject({
      asked: [{ type: "take-position" }],
      answer: { refusal: { code: "not-consenting" } },
    });
    expect(typed("consent", asked())).toMatchObject({ answer: { refusal: { code: "not-consenting" } } });
    expect(typed("consent", play, id("zoe"))).toMatchObject({ asked: { length: 1 } });
    const proposal = new Play().gather("ann", "bob").send({ type: "ask-agreement", asks, at: 1_000_000 });
    proposal.start("ann", council({ circles: [{ theme: "ok?", kind: "consent" }] }));
    expect(typed("consent", proposal)).toMatchObject({ asked: { length: 1 }, answer: null });
    expect(typed("consent", new Play())).toMatchObject({ answer: { refusal: { code: "no-meeting" } } });
  });
});
