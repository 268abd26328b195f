/**
 * How evenly talk time is spread: 1 when all spoke for the same time, 0 when one alone did. The entropy of the shares as
 * a part of the greatest possible; null where there is nothing to compare.
 */
export function evenness(times: readonly number[]): number | null {
  const total = times.reduce((sum, time) => sum + time, 0);
  if (times.length < 2 || total <= 0) return null;
  const entropy = times.filter((time) => time > 0).reduce((sum, time) => sum - (time / total) * Math.log(time / total), 0);
  return entropy / Math.log(times.length);
}
