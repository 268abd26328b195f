/** A `Date` header counts whole seconds. */
const COUNTED_MS = 1_000;

/** Tokens hold for a minute on either side of their time: beyond it LiveKit takes none. */
export const TOKENS_FAIL_MS = 60_000;

/** Tells how far a server's time, cut to a second, is outside the moments in which it was asked. */
export function apartMs(date: number, askedAt: number, answeredAt: number): number {
  return Math.max(0, askedAt - (date + COUNTED_MS), date - answeredAt);
}
