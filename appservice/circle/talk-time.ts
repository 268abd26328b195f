/**
 * Unevenness of the time shared, by the Gini coefficient (C. Gini, Variabilità e mutabilità, 1912): 0 when everybody
 * had the same, towards 1 when one had all. Null while nobody has spoken.
 */
export function unevenness(times: readonly number[]): number | null {
  const total = times.reduce((sum, time) => sum + time, 0);
  if (total <= 0) return null;
  const weighted = times.toSorted((one, other) => one - other).reduce((sum, time, rank) => sum + (rank + 1) * time, 0);
  return (2 * weighted) / (times.length * total) - (times.length + 1) / times.length;
}

/** Milliseconds in which a person who was then moved on can hardly have said anything. */
const A_WORD_MS = 5_000;

/** Tells whether there is anything to compare: somebody had time to speak, and was not moved on at once. */
export function somebodySpoke(times: readonly number[]): boolean {
  return times.some((ms) => ms >= A_WORD_MS);
}

/** Unevenness as a whole number of percent, for what goes into a room. */
export function unevennessPercent(times: readonly number[]): number | null {
  const gini = somebodySpoke(times) ? unevenness(times) : null;
  return gini === null ? null : Math.round(gini * 100);
}

/**
 * The same for people, in percent: 100 when all had the same, 0 when one had all. Scaled by n/(n-1), so that two people
 * and seven can be compared (G. Deltas, The Small-Sample Bias of the Gini Coefficient, 2003).
 */
export function evennessPercent(times: readonly number[]): number | null {
  const gini = times.length > 1 ? unevenness(times) : null;
  return gini === null ? null : Math.round((1 - (gini * times.length) / (times.length - 1)) * 100);
}
