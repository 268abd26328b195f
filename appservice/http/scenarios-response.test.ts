import { expect, test } from "vitest";
import { Scenario } from "../circle/scenario.ts";
import { scenariosResponse } from "./scenarios-response.ts";

const both = (en: string, ru: string) => ({ en, ru });
const council = Scenario.parse({
  id: "council",
  title: both("Council", "Совет"),
  about: both("Two rounds.", "Два круга."),
  circles: [{ theme: both("How do you see it?", "Как вы это видите?") }],
});
const own = Scenario.parse({
  id: "tee",
  title: "Teerunde",
  language: "ru",
  circles: [{ theme: both("Which tea, {topic}?", "Какой чай, {topic}?") }],
});
const scenarios = {
  all: new Map([
    ["council", council],
    ["tee", own],
  ]),
  own: new Set(["tee"]),
  preferred: "council",
};

test.each([
  ["en", ["Council", "Two rounds.", "How do you see it?"]],
  ["ru", ["Совет", "Два круга.", "Как вы это видите?"]],
] as const)("who reads %s reads titles and themes in it, whatever the room speaks", (reader, words) => {
  const [first] = scenariosResponse(scenarios, reader, null).scenarios;
  expect([first?.title, first?.about, first?.outline[0]?.theme]).toEqual(words);
});

test("a scenario with a language of its own keeps it, and the topic's place stays in", () => {
  const [, second] = scenariosResponse(scenarios, "en", null).scenarios;
  expect([second?.title, second?.outline[0]?.theme]).toEqual(["Teerunde", "Какой чай, {topic}?"]);
});

test("who is about to start a meeting reads what it would lack, in their language; where there is room they read nothing", () => {
  const lack = (arriving: number, reader: "en" | "ru") =>
    scenariosResponse(scenarios, reader, { arriving, decodes: 8, waiting: 0, workers: 2 }).lack;
  expect(lack(3, "en")).toBeUndefined();
  expect(lack(5.5, "en")).toMatch(/Captions here may come late/);
  expect(lack(7.5, "ru")).toMatch(/Распознавание/);
});
