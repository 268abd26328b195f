import { expect, test } from "vitest";
import { OWN_SCENARIOS } from "./config.ts";
import { OWN_ASSEMBLIES, readAssemblies, readScenarios } from "./scenarios.ts";
import { AssemblyTable, people } from "../../tests/support/assembly/table.ts";
import { AssemblyScenario, assemblyPlanOf, missingScenarios } from "../assembly/scenario.ts";

const KNOWN = readScenarios(OWN_SCENARIOS);
const READY = readAssemblies(OWN_ASSEMBLIES, KNOWN);

test("whoever has scenarios of their own has of those that come along the ones that can be played with these", () => {
  const own = (...ids: string[]) => new Map([...KNOWN].filter(([id]) => ids.includes(id)));
  expect([...readAssemblies(undefined, own()).keys()]).toEqual([]);
  expect([...readAssemblies(undefined, own("check-in")).keys()]).toContain("1-2-4-all");
  expect([...readAssemblies(undefined, own("check-in")).keys()]).not.toContain("assembly");
  // A folder that somebody names is held to what it says.
  expect(() => readAssemblies(OWN_ASSEMBLIES, own("check-in"))).toThrow("“council” is not among the scenarios");
});

test("those that come along", () => {
  expect([...READY.keys()]).toEqual(["1-2-4-all", "assembly", "double-link", "fishbowl", "open-space", "world-cafe"]);
});

test.each([...READY.values()])(
  "$id says what it is for, and what each phase is about, in both languages",
  (scenario) => {
    const themes = scenario.phases.flatMap(({ theme }) => theme ?? []);
    for (const text of [scenario.title, scenario.about, ...themes])
      expect(text).toMatchObject({ en: expect.stringMatching(/[a-z]/), ru: expect.stringMatching(/[а-я]|1-2-4/) });
  },
);

const TABLES = [...READY.values()].flatMap((scenario) =>
  ([1, 2, 12, 105] as const).map((count) => ({ scenario, count, id: scenario.id })),
);

test.each(TABLES)("$id comes to its end with $count people, though nobody does anything", ({ scenario, count }) => {
  for (const language of ["en", "ru"] as const) {
    const plan = assemblyPlanOf(scenario, { language, topic: "tea", known: KNOWN });
    if (!plan) throw new Error("it plays what is not there");
    const table = new AssemblyTable()
      .gather(...people(count))
      .start("p1", plan)
      .toTheEnd();
    expect(table.happened("phase-started").length).toBeGreaterThan(0);
  }
});

const problems = (phases: readonly object[]) => {
  const read = AssemblyScenario.safeParse({ id: "tea", title: "Tea", phases });
  return read.success ? [] : read.error.issues.map(({ path }) => path.join("."));
};
const rings = { kind: "rings", scenario: "council", seconds: 60 };

test("what a phase needs of those before it has to be there", () => {
  expect(problems([{ ...rings, kind: "delegates" }])).toEqual(["phases.0.who"]);
  expect(problems([rings, { ...rings, kind: "delegates" }])).toEqual(["phases.1.who"]);
  expect(problems([{ ...rings, company: "same" }])).toEqual(["phases.0.company"]);
  expect(problems([{ ...rings, byTopic: true }])).toEqual(["phases.0.byTopic"]);
  expect(problems([{ ...rings, size: { least: 5, most: 4 } }])).toEqual(["phases.0.size"]);
  expect(problems([])).toEqual(["phases"]);
  expect(
    problems([
      { ...rings, delegate: "lot" },
      { ...rings, kind: "delegates" },
    ]),
  ).toEqual([]);
});

test("a scenario that its rings would play and that is not there is named, and there is no plan", () => {
  const scenario = AssemblyScenario.parse({
    id: "tea",
    title: "Tea",
    phases: [{ ...rings, scenario: "no-such" }, rings],
  });
  expect(missingScenarios(scenario, KNOWN)).toEqual(["no-such"]);
  expect(assemblyPlanOf(scenario, { language: "en", topic: "", known: KNOWN })).toBeNull();
});
