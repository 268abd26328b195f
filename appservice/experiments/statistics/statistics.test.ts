import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawnFrom, normal } from "../../../tests/support/experiments/chance.ts";
import { confidenceSequence } from "./confidence-sequence.ts";
import { withoutKnown } from "./cuped.ts";
import { covariance, mean, variance } from "./sample.ts";
import { unequalChances } from "./sample-ratio.ts";

describe("a confidence sequence", () => {
  test("is as narrow as the formula of its paper says", () => {
    // By hand: n = 4, variance 1, rho² so that it is narrowest at 30, alpha 0.05.
    const rho2 = (2 * Math.log(20) + Math.log(2 * Math.log(20) + 1)) / 30;
    const half = Math.sqrt((2 * (4 * rho2 + 1) * Math.log(Math.sqrt(4 * rho2 + 1) / 0.05)) / (16 * rho2));
    const values = [-1, 1, -1, 1].map((value) => value * Math.sqrt(3 / 4));
    expect(variance(values)).toBeCloseTo(1, 12);
    const { estimate, low, high } = confidenceSequence(values)!;
    expect(estimate).toBeCloseTo(0, 12);
    expect(high).toBeCloseTo(half, 12);
    expect(low).toBeCloseTo(-half, 12);
  });

  test("says nothing of one value, and moves with all of them", () => {
    expect(confidenceSequence([])).toBeNull();
    expect(confidenceSequence([3])).toBeNull();
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 40 }),
        fc.integer({ min: -9, max: 9 }),
        (values, by) => {
          const [one, moved] = [confidenceSequence(values)!, confidenceSequence(values.map((value) => value + by))!];
          expect(moved.low - one.low).toBeCloseTo(by, 6);
          expect(moved.high - one.high).toBeCloseTo(by, 6);
          expect(one.low).toBeLessThanOrEqual(one.estimate);
        },
      ),
    );
  });
});

describe("what was known beforehand", () => {
  test("takes its part out of the outcomes, and leaves their mean", () => {
    const chance = drawnFrom(7);
    const before = Array.from({ length: 400 }, () => normal(chance));
    const outcomes = before.map((known) => 3 * known + 5 + 0.5 * normal(chance));
    const left = withoutKnown(outcomes, before);
    expect(mean(left)).toBeCloseTo(mean(outcomes), 10);
    expect(variance(left)).toBeLessThan(0.3);
    expect(covariance(left, before)).toBeCloseTo(0, 10);
  });

  test("that is the same everywhere changes nothing", () => {
    expect(withoutKnown([1, 5, 2], [4, 4, 4])).toEqual([1, 5, 2]);
  });
});

describe("counts of two sets", () => {
  test("that are alike raise no doubt, and very unlike ones do", () => {
    expect(unequalChances(0, 0)).toBeCloseTo(1, 10);
    expect(unequalChances(30, 30)).toBeLessThan(1);
    expect(unequalChances(45, 15)).toBeGreaterThan(100);
  });

  test("of a fair coin are doubted in at most one of a hundred experiments, looked at after each toss", () => {
    const chance = drawnFrom(11);
    const doubted = Array.from({ length: 2_000 }, () => {
      const seen: [number, number] = [0, 0];
      return Array.from({ length: 200 }, () => {
        seen[chance() < 0.5 ? 0 : 1]++;
        return unequalChances(...seen);
      }).some((weight) => weight >= 100);
    });
    expect(doubted.filter(Boolean).length / doubted.length).toBeLessThanOrEqual(0.01);
  });
});
