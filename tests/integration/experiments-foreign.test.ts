import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { confidenceSequence } from "../../appservice/experiments/statistics/confidence-sequence.ts";
import { withoutKnown } from "../../appservice/experiments/statistics/cuped.ts";
import { mean, variance } from "../../appservice/experiments/statistics/sample.ts";
import { ensureGbstats } from "../../tools/setup/gbstats.ts";
import { quiet } from "../../tools/setup/progress.ts";
import { drawnFrom, normal } from "../support/experiments/chance.ts";
import { LONG } from "../support/stack/long.ts";

const JUDGE = fileURLToPath(new URL("../support/experiments/judge.py", import.meta.url));
const SETUP_MS = 600_000;

async function judged(questions: readonly object[]): Promise<[number, number][]> {
  const { python } = await ensureGbstats(quiet);
  const input = questions.map((question) => JSON.stringify(question)).join("\n");
  const lines = execFileSync(python, [JUDGE], { input, encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as [number, number]);
}

const chance = drawnFrom(42);
const samples = Array.from({ length: 60 }, (_, i) =>
  Array.from({ length: 3 + i }, () => 5 * normal(chance) + (i % 7) - 3),
);

// The other library that was to judge them, confseq, is to be had as source alone, and does not build everywhere.
describe.runIf(LONG)("GrowthBook's statistics agree with ours", { timeout: SETUP_MS }, () => {
  test("on intervals that may be looked at after each pair", async () => {
    const [alpha, narrowestAt] = [0.05, 30];
    const theirs = await judged(samples.map((values) => ({ values, alpha, narrowest_at: narrowestAt })));
    samples.forEach((values, i) => {
      const { low, high } = confidenceSequence(values, { alpha, narrowestAt })!;
      expect(low).toBeCloseTo(theirs[i]![0], 8);
      expect(high).toBeCloseTo(theirs[i]![1], 8);
    });
  });

  test("on outcomes from which what was known beforehand is taken", async () => {
    const pairs = samples.map((before) => ({ before, outcomes: before.map((known) => 2 * known + normal(chance)) }));
    const theirs = await judged(pairs);
    pairs.forEach(({ outcomes, before }, i) => {
      const left = withoutKnown(outcomes, before);
      expect(mean(left)).toBeCloseTo(theirs[i]![0], 8);
      expect(variance(left)).toBeCloseTo(theirs[i]![1], 8);
    });
  });
});
