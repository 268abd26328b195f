/** For tests: the same value, of which nothing can be changed any more: whatever tries throws. */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map || value instanceof Set) {
    for (const each of value) frozen(each);
    for (const method of ["set", "add", "delete", "clear"])
      Object.defineProperty(value, method, {
        value: () => {
          throw new Error(`${method} of what is frozen`);
        },
      });
  }
  Object.freeze(value);
  for (const each of Object.values(value)) frozen(each);
  return value;
}
