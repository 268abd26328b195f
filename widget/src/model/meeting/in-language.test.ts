import { expect, test } from "vitest";
import { inLanguage } from "./in-language.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";

test("title and themes are read in one's own language, and as they are where there is but one text", () => {
  const meeting = meetingOf(["ann"]);
  const [first] = meeting.circles;
  if (!first) throw new Error("no circle");
  const both = {
    ...meeting,
    scenario: { ...meeting.scenario, title: "Council", titles: { en: "Council", ru: "Совет" } },
    circles: [
      { ...first, theme: "How?", themes: { en: "How?", ru: "Как?" } },
      { ...first, index: 1, theme: "what is left" },
    ],
  };
  expect(inLanguage(both, "ru")).toMatchObject({
    scenario: { title: "Совет" },
    circles: [{ theme: "Как?" }, { theme: "what is left" }],
  });
  expect(inLanguage(both, "en")).toMatchObject({
    scenario: { title: "Council" },
    circles: [{ theme: "How?" }, { theme: "what is left" }],
  });
});
