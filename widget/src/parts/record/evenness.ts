/**
 * Evenness of talk time: 1 when all spoke for the same time, 0 when one alone did; null where there is nothing to
 * compare. The same measure as in the room's record: Gini's coefficient, scaled so that two people and seven compare.
 */
export function evenness(times: readonly number[]): number | null {
  const total = times.reduce((sum, time) => sum + time, 0);
  const count = times.length;
  if (count < 2 || total <= 0) return null;
  const weighted = times.toSorted((one, other) => one - other).reduce((sum, time, rank) => sum + (rank + 1) * time, 0);
  const gini = (2 * weighted) / (count * total) - (count + 1) / count;
  return 1 - (gini * count) / (count - 1);
}
