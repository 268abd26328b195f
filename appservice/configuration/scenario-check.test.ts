import { expect, test } from "vitest";
import { checkScenario, checkScenarioText } from "./scenario-check.ts";
import { stopwatch } from "../../tests/support/stopwatch.ts";

const problems = (text: string) => {
  const checked = checkScenarioText(text);
  return "problems" in checked ? checked.problems.map(({ key, kind }) => [key, kind]) : [];
};
const GOOD = "id: tea\ntitle: Tea\ncircles: [{ theme: Which tea? }]";

test("a good one is taken with its defaults", () => {
  expect(checkScenarioText(GOOD)).toMatchObject({
    scenario: { id: "tea", turnSeconds: 120, circles: [{ kind: "statement" }] },
  });
  expect(checkScenario({ id: "tea", title: "Tea", circles: [{ theme: "Which tea?" }] })).toHaveProperty("scenario");
});

test("everything that is wrong is found at once, each by its key", () => {
  expect(
    problems(`
id: Tea Time
title: { en: Tea }
turnSeconds: 0
speed: 1
order: loudest
circles:
  - theme: x
    turnSeconds: 36000
    tempo: 2
  - kind: shouting
    theme: ""
  - turnSeconds: 1.5
  - theme: y
    repeat: { until: nobody-objects, from: nowhere, atMost: 2 }
`),
  ).toEqual(
    expect.arrayContaining([
      ["id", "bad-id"],
      ["title", "bad-text"],
      ["turnSeconds", "too-small"],
      ["speed", "unknown-key"],
      ["order", "bad-order"],
      ["circles[0].turnSeconds", "too-big"],
      ["circles[0].tempo", "unknown-key"],
      ["circles[1].kind", "one-of"],
      ["circles[2].theme", "missing"],
      ["circles[2].turnSeconds", "wrong-kind"],
    ]),
  );
  expect(
    problems(
      "id: tea\ntitle: Tea\ncircles: [{ theme: y, repeat: { until: nobody-objects, from: nowhere, atMost: 2 } }]",
    ),
  ).toEqual([["circles[0].repeat.from", "no-such-circle"]]);
});

test.each([
  ["nothing", "", "not-keys"],
  ["a list", "- a\n- b", "not-keys"],
  ["text that is no YAML", "id: [unclosed", "not-yaml"],
  ["one key twice", "id: a\nid: b", "not-yaml"],
  ["1 MB", `title: ${"x".repeat(1_000_000)}`, "too-large"],
  [
    "an anchor bomb",
    Array.from(
      { length: 9 },
      (_, i) =>
        `a${i}: &a${i} [${Array(9)
          .fill(i === 0 ? "x" : `*a${i - 1}`)
          .join(",")}]`,
    ).join("\n"),
    "unreadable",
  ],
  ["100,000 brackets", `a: ${"[".repeat(100_000)}`, "unreadable"],
  ["a very deep list", Array.from({ length: 400 }, (_, i) => `${" ".repeat(i)}- `).join("\n"), "unreadable"],
  ["many dashes", "- ".repeat(100_000), "unreadable"],
  ["no circles", "id: tea\ntitle: Tea\ncircles: []", "too-short"],
])("%s is refused at once", (_, text, kind) => {
  const took = stopwatch();
  expect(problems(text).map(([, each]) => each)).toContain(kind);
  expect(took()).toBeLessThan(2_000);
});

test.each([
  "__proto__: { polluted: true }",
  "length: { toString: 1 }",
  "topic: { length: { valueOf: 1, toString: 1 } }",
])("a key that shadows one of every object's is refused, and changes nothing of ours: %s", (line) => {
  expect(problems(`${GOOD}\n${line}`)).not.toEqual([]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
