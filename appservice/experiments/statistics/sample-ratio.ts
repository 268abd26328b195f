/**
 * Weight of evidence that two counts are not of equal chances, which may be looked at whenever: under equal chances it
 * is ever over `1 / alpha` in at most `alpha` of experiments (M. Lindon and A. Malek, Anytime-valid inference for
 * multinomial count data, 2022; a Beta(1, 1) mixture). 1 is none.
 */
export function unequalChances(one: number, other: number): number {
  const n = one + other;
  return Math.exp(logBeta(one + 1, other + 1) + n * Math.LN2);
}

function logBeta(a: number, b: number): number {
  return logFactorial(a - 1) + logFactorial(b - 1) - logFactorial(a + b - 1);
}

function logFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log(i);
  return sum;
}
