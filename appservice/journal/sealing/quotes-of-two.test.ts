import { describe, expect, test } from "vitest";
import { id } from "../../../tests/support/circle/play.ts";
import { wordsOfEntry } from "./words-of-entry.ts";
import { NO_WORDS, withoutQuotesOf } from "../../circle/quotes.ts";
import { planOf, Scenario } from "../../circle/scenario.ts";

const [ANN, BOB] = [id("ann"), id("bob")];

/**
 * Meeting of a ring with Ann's topic, in an assembly with Bob's; its theme names Bob's, after it both or the ring's.
 */
function ringOn(ofAnn: string, ofBob: string, theme = "{topic} today", by = ANN) {
  const scenario = Scenario.parse({ id: "ring", title: "Ring", circles: [{ theme: `On ${ofBob}` }, { theme }] });
  const quotes = [
    { by, words: ofAnn },
    { by: BOB, words: ofBob },
  ];
  return { topic: ofAnn, plan: planOf(scenario, "en", ofAnn), quotes };
}

const textsOf = ({ topic, plan }: ReturnType<typeof ringOn>) => [topic, ...plan.circles.map(({ theme }) => theme)];

describe("words of two in one meeting", () => {
  test.each([
    ["Summer camp food", "Summer camp"],
    ["camp food", "Summer camp food"],
    ["food at camp", "Summer food at c"],
  ])("that overlap (%j and %j) leave no rest of the other's, whoever is erased first", (ofAnn, ofBob) => {
    const ring = ringOn(ofAnn, ofBob, "Summer {topic}");
    for (const order of [
      [ANN, BOB],
      [BOB, ANN],
    ]) {
      const [first, both] = [order.slice(0, 1), order].map((each) => textsOf(each.reduce(withoutQuotesOf, ring)));
      expect(both?.join().replaceAll(/On|[—, ]/g, ""), order.join()).toBe("");
      expect(first?.join()).not.toMatch(order[0] === ANN ? ofAnn : ofBob);
    }
  });

  test("are taken out alone where they stand apart, and the other's stay", () => {
    const ring = ringOn("food", "camp", "{topic} at camp");
    expect(textsOf(withoutQuotesOf(ring, BOB))).toEqual(["food", `On ${NO_WORDS}`, `food at ${NO_WORDS}`]);
    expect(textsOf(withoutQuotesOf(ring, ANN))).toEqual([NO_WORDS, "On camp", `${NO_WORDS} at camp`]);
  });

  test("of which an earlier version left a rest go whole with whose they are, and a scenario's wording stays", () => {
    const [{ circles, ...plan }, ofBob] = [
      ringOn("Summer camp food", "Summer camp").plan,
      { by: BOB, words: NO_WORDS },
    ];
    const [on, today] = circles;
    const left = {
      topic: `${NO_WORDS} food`,
      plan: { ...plan, circles: [on, today].flatMap((each) => each ?? []).map((each) => ({ ...each, theme: "On —" })) },
      quotes: [{ by: ANN, words: "Summer camp food" }, ofBob],
    };
    expect(textsOf(withoutQuotesOf(left, ANN))).toEqual([NO_WORDS, "On —", "On —"]);
  });

  test("that are one person's leave no rest of each other", () => {
    expect(textsOf(withoutQuotesOf(ringOn("camp", "Summer camp food", "{topic}", BOB), BOB)).join()).not.toMatch(
      /Summer|food/,
    );
  });
});

const wordsOf = (ring: ReturnType<typeof ringOn>) =>
  wordsOfEntry({ kind: "circle", event: { type: "meeting-started", seed: 1, at: 1, by: ANN, ...ring } });

test("once the words of both are erased, none are left to be sealed", () => {
  const erased = [ANN, BOB].reduce(withoutQuotesOf, ringOn("Summer camp food", "Summer camp"));
  expect(wordsOf(erased)).toEqual([]);
});

test("a text in which they overlap is sealed by the keys of both", () => {
  const ring = ringOn("Summer camp food", "Summer camp");
  const [part, ...others] = wordsOf(ring);
  expect(others).toEqual([]);
  expect(part?.owners.people).toEqual([ANN, BOB]);
  expect(
    part?.source,
    "the words are of people of the meeting: what may rest on anybody's is sealed by their keys",
  ).toBe(ANN);
  expect(part?.paths).toContainEqual(["topic"]);
  expect(part?.paths).toContainEqual(["plan", "circles", 1, "theme"]);
});
