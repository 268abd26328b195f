import { describe, expect, test } from "vitest";
import { planOf, Scenario, textIn } from "./scenario.ts";

const scenario = (more: object = {}) =>
  Scenario.parse({ id: "council", title: "Council", circles: [{ theme: "On {topic}: {topic}" }], ...more });

describe("a scenario", () => {
  test("goes back to a circle that is before, or to itself, and says where it would not", () => {
    const circles = (from: string) => [
      { id: "one", theme: "1" },
      { id: "two", theme: "2", repeat: { until: "nobody-objects", from, atMost: 1 } },
      { id: "three", theme: "3" },
    ];
    for (const from of ["one", "two"]) expect(scenario({ circles: circles(from) }).circles).toHaveLength(3);
    const wrong = Scenario.safeParse({ id: "council", title: "Council", circles: circles("three") });
    expect(wrong.error?.issues).toMatchObject([
      {
        code: "custom",
        path: ["circles", 1, "repeat", "from"],
        message: "no circle up to this one has the id “three”",
      },
    ]);
  });

  test("speaks of the topic wherever a theme has it, and of what matters where there is none", () => {
    const theme = (topic: string, language: "en" | "ru" = "en") =>
      planOf(scenario(), language, topic).circles[0]?.theme;
    expect(theme("tea $& $1")).toBe("On tea $& $1: tea $& $1");
    expect(theme("")).toBe("On what matters to us now: what matters to us now");
    expect(theme("", "ru")).toBe("On что для нас сейчас важно: что для нас сейчас важно");
  });

  test("in two languages has its themes and its title in both, and speaks its own where it has one", () => {
    const both = scenario({
      title: { en: "Council", ru: "Совет" },
      circles: [{ theme: { en: "On {topic}", ru: "О: {topic}" } }, { theme: "same" }],
    });
    const plan = planOf(both, "ru", "");
    expect(plan).toMatchObject({ title: "Совет", titles: { en: "Council", ru: "Совет" }, language: "ru" });
    expect(plan.circles[0]).toMatchObject({
      theme: "О: что для нас сейчас важно",
      themes: { en: "On what matters to us now", ru: "О: что для нас сейчас важно" },
    });
    expect(plan.circles[1]).not.toHaveProperty("themes");
    expect(planOf(scenario(), "en", "")).not.toHaveProperty("titles");
    expect(planOf(scenario({ language: "en" }), "ru", "").language).toBe("en");
    expect([textIn("one", "ru"), textIn({ en: "two", ru: "два" }, "ru")]).toEqual(["one", "два"]);
  });

  test("is a plan with each circle's own settings, and the scenario's where it has none", () => {
    const circle = {
      theme: "1",
      turnSeconds: 30,
      circleSeconds: 90,
      order: "drawn",
      accept: "by-next",
      timeout: "wait",
      extension: "ring",
      skip: "anyone",
      speakers: "keeper",
      plugins: ["tasks"],
    };
    const plan = planOf(scenario({ graceSeconds: 7, plugins: ["graph"], circles: [circle, { theme: "2" }] }), "en", "");
    expect(plan).toMatchObject({ graceMs: 7_000, betweenMs: 10_000, handMs: 60_000, hands: "raised-first" });
    const own = { order: "drawn", accept: "by-next", timeout: "wait", extension: "ring", skip: "anyone" };
    expect(plan.circles[0]).toMatchObject({
      ...own,
      limitMs: 30_000,
      circleMs: 90_000,
      speakers: "keeper",
      plugins: ["tasks"],
    });
    const standard = { order: "joined", accept: "auto", timeout: "pass", extension: "keeper", skip: "self" };
    expect(plan.circles[1]).toMatchObject({
      ...standard,
      limitMs: 120_000,
      circleMs: null,
      speakers: "all",
      plugins: ["graph"],
    });
    expect(planOf(scenario(), "en", "").circles[0]).toMatchObject({ plugins: null, repeat: null, kind: "statement" });
  });
});
