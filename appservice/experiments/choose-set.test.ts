import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RoomId } from "../protocol/identity.ts";
import { chooseSet } from "./choose-set.ts";
import type { MeetingFacts } from "./meeting-facts.ts";
import { Experiments } from "./options.ts";

const DAY = Date.parse("2026-12-10T12:00:00Z");
const facts = (given: Partial<MeetingFacts> = {}): MeetingFacts => ({
  room: RoomId.parse("!garden:hs"),
  homeserver: "hs",
  language: "en",
  people: ["matrix"],
  size: 5,
  at: DAY,
  ...given,
});
const sets = { short: { plugins: {} }, plain: { llm: null } };
const between = ["standard", "short"];
const setOf = (file: unknown, given: Partial<MeetingFacts> = {}, earlier = 0) =>
  chooseSet(Experiments.parse(file), facts(given), () => earlier);

describe("rules", () => {
  test.each([
    [{ rooms: ["!garden:hs"] }, { room: RoomId.parse("!other:hs") }],
    [{ homeservers: ["hs"] }, { homeserver: null }],
    [{ languages: ["en"] }, { language: "ru" as const }],
    [{ people: ["matrix", "guest"] }, { people: ["telegram" as const] }],
    [{ size: { from: 5 } }, { size: 4 }],
    [{ size: { to: 5 } }, { size: 6 }],
    [{ from: "2026-12-10" }, { at: Date.parse("2026-12-09T23:59:59Z") }],
    [{ until: "2026-12-11" }, { at: Date.parse("2026-12-11T00:00:00Z") }],
  ])("serve a meeting that fits %j, and no other", (where, otherwise) => {
    const file = { sets, rules: [{ set: "plain", where }] };
    expect(setOf(file)).toEqual({ set: "plain", by: "rule" });
    expect(setOf(file, otherwise)).toEqual({ set: "standard", by: "default" });
  });

  test("stand before experiments, and the first that fits decides", () => {
    const rules = [{ set: "plain", where: { languages: ["ru"] } }, { set: "short" }];
    const file = { sets, rules, experiments: [{ id: "e", between }] };
    expect(setOf(file, { language: "ru" }).set).toBe("plain");
    expect(setOf(file)).toEqual({ set: "short", by: "rule" });
  });

  test("leave a meeting that nothing fits to the default", () => {
    expect(setOf({ sets, default: "plain" })).toEqual({ set: "plain", by: "default" });
    expect(setOf({})).toEqual({ set: "standard", by: "default" });
  });
});

describe("an experiment", () => {
  const file = { sets, experiments: [{ id: "shorter", between }] };

  test("gives both sets in each block of two, and the same one when asked again", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.stringMatching(/^![a-z]{1,12}:hs$/), (block, id) => {
        const room = RoomId.parse(id);
        const [first, second] = [setOf(file, { room }, block * 2), setOf(file, { room }, block * 2 + 1)];
        expect(new Set([first.set, second.set])).toEqual(new Set(between));
        expect([first.trial?.block, second.trial?.block]).toEqual([block, block]);
        expect(setOf(file, { room }, block * 2)).toEqual(first);
      }),
    );
  });

  test("leaves it to chance which set is first", () => {
    const firsts = Array.from({ length: 400 }, (_, block) => setOf(file, {}, block * 2).trial?.arm ?? 0);
    const ones = firsts.filter((arm) => arm === 1).length;
    // 400 tosses of a coin are outside of this once in 100,000 times; here it is the same tosses each time.
    expect(ones).toBeGreaterThan(155);
    expect(ones).toBeLessThan(245);
  });

  test("counts anew once it is written otherwise", () => {
    const digest = (experiment: object) => setOf({ sets, experiments: [experiment] }).trial?.digest;
    const before = digest({ id: "shorter", between });
    expect(digest({ id: "shorter", between, about: "Said in other words" })).toBe(before);
    expect(digest({ id: "shorter", between: ["short", "standard"] })).not.toBe(before);
    expect(digest({ id: "shorter", between, where: { size: { from: 2 } } })).not.toBe(before);
  });
});

describe("a file is refused", () => {
  const messages = (file: unknown) => Experiments.safeParse(file).error?.issues.map(({ message }) => message) ?? [];

  test.each([
    [{ default: "absent" }, "there is no set “absent”"],
    [{ rules: [{ set: "absent" }] }, "there is no set “absent”"],
    [{ experiments: [{ id: "e", between: ["standard", "absent"] }] }, "there is no set “absent”"],
    [{ experiments: [{ id: "e", between: ["standard", "standard"] }] }, "two different sets"],
    [
      {
        sets,
        experiments: [
          { id: "e", between },
          { id: "e", between },
        ],
      },
      "the id of another",
    ],
  ])("that says %j", (file, message) => {
    expect(messages(file).join()).toContain(message);
  });
});
