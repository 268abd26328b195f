/** Arithmetic mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Unbiased variance; 0 of fewer than two. */
export function variance(values: readonly number[]): number {
  return covariance(values, values);
}

/** Unbiased covariance of pairs that stand at the same places; 0 of fewer than two. */
export function covariance(xs: readonly number[], ys: readonly number[]): number {
  if (xs.length < 2) return 0;
  const [x0, y0] = [mean(xs), mean(ys)];
  return xs.reduce((sum, x, i) => sum + (x - x0) * ((ys[i] ?? 0) - y0), 0) / (xs.length - 1);
}
