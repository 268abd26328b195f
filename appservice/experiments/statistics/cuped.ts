import { covariance, mean, variance } from "./sample.ts";

/**
 * Takes out of outcomes what was known beforehand (CUPED; A. Deng et al., Improving the Sensitivity of Online
 * Controlled Experiments by Utilizing Pre-Experiment Data, 2013). `before`: of each outcome a figure that no set can
 * have changed. The mean stays, and what varies with `before` goes.
 */
export function withoutKnown(outcomes: readonly number[], before: readonly number[]): number[] {
  const spread = variance(before);
  if (spread === 0) return [...outcomes];
  const slope = covariance(outcomes, before) / spread;
  const usual = mean(before);
  return outcomes.map((outcome, i) => outcome - slope * ((before[i] ?? usual) - usual));
}
