/** Answers that are remembered at one time: more than there are words in an hour of talk. */
const ANSWERS_AT_MOST = 5_000;

/**
 * Remembers the answers to what is asked again and again, as the words of speech are: few of them are new, and a
 * recogniser that hangs writes one sentence a thousand times. `keyOf`: the same for questions of the same answer.
 * `most`: answers at one time; with more, all are forgotten.
 */
export function remembered<Asked, T>(
  answer: (asked: Asked) => T,
  keyOf: (asked: Asked) => string,
  most = ANSWERS_AT_MOST,
): (asked: Asked) => T {
  const known = new Map<string, T>();
  return (asked) => {
    const key = keyOf(asked);
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const now = answer(asked);
    known.set(key, now);
    return now;
  };
}
