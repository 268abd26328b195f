import { expect, test } from "vitest";
import { CIRCLES, READY } from "../../tests/support/assembly/ready.ts";
import { chosenStart } from "./chosen-start.ts";

const around = { assemblies: READY, circles: CIRCLES, language: "en", seed: 1, circleRuns: false } as const;
const chosen = { scenario: null, topic: "tea", size: null };

test("where nothing is chosen it is the usual scenario, as that has it", () => {
  expect(chosenStart(chosen, around)).toMatchObject({ type: "start", topic: "tea", plan: { scenario: "assembly" } });
});

test("a part of which the scenario is not there is said before anybody is placed", () => {
  const without = new Map([...CIRCLES].filter(([id]) => id !== "council"));
  expect(chosenStart(chosen, { ...around, circles: without })).toEqual({
    code: "assembly-lacks-scenario",
    detail: { scenario: "assembly" },
  });
});

test("none begins beside a circle of the room, nor one that nobody knows, nor with sizes that a scenario fixes", () => {
  const size = { least: 3, most: 4 };
  expect(chosenStart(chosen, { ...around, circleRuns: true })).toMatchObject({ code: "meeting-running" });
  expect(chosenStart({ ...chosen, scenario: "nowhere" }, around)).toMatchObject({ code: "unknown-scenario" });
  expect(chosenStart({ ...chosen, scenario: "1-2-4-all", size }, around)).toMatchObject({ code: "sizes-are-fixed" });
});
