/**
 * How evenly time was shared, by the Gini coefficient (C. Gini, Variabilità e mutabilità, 1912): 0 when everybody had
 * the same, towards 1 when one had all. Null while nobody has spoken.
 */
export function unevenness(times: readonly number[]): number | null {
  const total = times.reduce((sum, time) => sum + time, 0);
  if (times.length === 0 || total <= 0) return null;
  const weighted = times.toSorted((one, other) => one - other).reduce((sum, time, rank) => sum + (rank + 1) * time, 0);
  return (2 * weighted) / (times.length * total) - (times.length + 1) / times.length;
}
