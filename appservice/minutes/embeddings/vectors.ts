/** Makes a vector of length 1, so that the likeness of two is their product. */
export function unit(numbers: ArrayLike<number>): Float32Array {
  let squares = 0;
  for (let at = 0; at < numbers.length; at++) squares += (numbers[at] ?? 0) ** 2;
  const length = Math.sqrt(squares) || 1;
  return Float32Array.from(numbers, (each) => each / length);
}

export function likeness(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
