import { mean, variance } from "./sample.ts";

export type Interval = { readonly estimate: number; readonly low: number; readonly high: number };

/**
 * Number of values at which the interval is to be narrowest for what it is: experiments of rooms rarely have more
 * blocks.
 */
const NARROWEST_AT = 30;

type SequenceOptions = {
  /** Share of experiments in which the true mean may be left out. */
  readonly alpha?: number;
  readonly narrowestAt?: number;
  /** Variance of the values, where it is known better than by them. */
  readonly variance?: number;
};

/**
 * Variance of values of which so many figures, besides their mean, were estimated and taken out, as uncertain as it is
 * while they are few: that of Student's t with as many degrees of freedom.
 */
export function cautiousVariance(values: readonly number[], figures: number): number {
  const freedom = values.length - 1 - figures;
  return freedom <= 2 ? Number.POSITIVE_INFINITY : (variance(values) * (values.length - 1)) / (freedom - 2);
}

/**
 * Interval for the mean of all values so far that may be looked at after each of them: over all looks together it
 * leaves the true mean out in at most `alpha` of experiments (asymptotic confidence sequence; I. Waudby-Smith et al.,
 * Time-uniform central limit theory and asymptotic confidence sequences, 2024, theorem 2.2). Null for fewer than two
 * values.
 */
export function confidenceSequence(
  values: readonly number[],
  { alpha = 0.05, narrowestAt = NARROWEST_AT, variance: spread = variance(values) }: SequenceOptions = {},
): Interval | null {
  const n = values.length;
  if (n < 2) return null;
  const rho2 = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / narrowestAt;
  const grown = n * rho2 + 1;
  const half = Math.sqrt((spread * 2 * grown * Math.log(Math.sqrt(grown) / alpha)) / (n * n * rho2));
  const estimate = mean(values);
  return { estimate, low: estimate - half, high: estimate + half };
}
