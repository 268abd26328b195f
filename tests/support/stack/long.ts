/** `npm run test:long`: tests that try more, and longer. */
export const LONG = process.env["MINDMINDER_LONG"] === "1";

/** All of them in the long run; else the first of each kind. */
export function firstOfEach<One>(all: readonly One[], kindOf: (one: One) => unknown): readonly One[] {
  const kinds = all.map(kindOf);
  return LONG ? all : all.filter((_, place) => kinds.indexOf(kinds[place]) === place);
}

/** All of them in the long run; else so many, others at each place of a row that goes through them in turn. */
export function someAt<One>(place: number, all: readonly One[], many = 1): readonly One[] {
  if (LONG) return all;
  const chosen = Array.from({ length: many }, (_, n) => (place * many + n) % all.length);
  return all.filter((_, each) => chosen.includes(each));
}
