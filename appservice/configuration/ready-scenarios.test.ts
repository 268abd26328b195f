import { runningCircle } from "../circle/meeting.ts";
import { describe, expect, test } from "vitest";
import { nextDeadline } from "../circle/clock.ts";
import { Play } from "../../tests/support/circle/play.ts";
import { planOf } from "../circle/scenario.ts";
import { Language } from "../protocol/identity.ts";
import { OWN_SCENARIOS } from "./config.ts";
import { readScenarios } from "./scenarios.ts";

const READY = readScenarios(OWN_SCENARIOS);
const NAMES = ["ann", "bob", "eve", "dan", "kim", "lea", "tom"];

test("those that come along", () => {
  expect([...READY.keys()]).toEqual([
    "brainstorm",
    "check-in",
    "consent-decision",
    "council",
    "deep-democracy",
    "open-floor",
    "priorities",
    "retrospective",
    "stand-up",
  ]);
});

describe.each([...READY.values()])("$id", (scenario) => {
  test("says what it is for, and every theme, in both languages", () => {
    for (const text of [scenario.title, scenario.about, ...scenario.circles.map(({ theme }) => theme)]) {
      expect(text).toMatchObject({ en: expect.stringMatching(/[a-z]/), ru: expect.stringMatching(/[а-я]/) });
    }
  });

  test("asks questions that stand by themselves, beside any topic", () => {
    for (const { theme } of scenario.circles) expect(JSON.stringify(theme)).not.toContain("{topic}");
  });

  const tables = Language.options.flatMap((language) => [1, 3, 7].map((people) => [people, language] as const));

  test.each(tables)("is played to its end by %i in %s", (people, language) => {
    const plan = planOf(scenario, language, language === "ru" ? "чай" : "tea");
    for (const { theme } of plan.circles) expect(theme).not.toMatch(/[{}]/);
    const play = new Play().gather(...NAMES.slice(0, people)).start("ann", plan);
    expect(play.refusal).toBeNull();
    takePart(play);
    expect(play.state.phase).toBe("ended");
    expect(play.state.language).toBe(language);
    expect(new Set(play.journal.flatMap((event) => (event.type === "circle-started" ? [event.step] : [])))).toEqual(
      new Set(plan.circles.keys()),
    );
  });

  test("ends by time alone, though nobody does anything", () => {
    const play = new Play().gather(...NAMES.slice(0, 3)).start("ann", planOf(scenario, "en", ""));
    for (let i = 0; play.state.phase !== "ended"; i++) {
      expect(i).toBeLessThan(1_000);
      play.at = Math.max(play.at, nextDeadline(play.state) ?? play.at);
      play.wait(0);
    }
  });
});

/** Everybody does what the circle asks of them; in the first round of consent somebody objects. */
function takePart(play: Play): void {
  for (let i = 0; play.state.phase !== "ended"; i++) {
    expect(i, "a meeting in which all take part must end").toBeLessThan(300);
    const circle = runningCircle(play.state);
    const kind = circle?.kind;
    if (circle?.stage === "writing") for (const name of NAMES) play.write(name, "an idea");
    else if (play.word) {
      if (kind === "consent") play.position(play.word, circle?.round === 1 ? "object" : "consent", "too dear");
      play.wait(5).by(play.word, "pass");
    } else play.by("ann", "next-circle");
  }
}
