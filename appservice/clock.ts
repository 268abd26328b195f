import { monotonic, wallClock } from "./time/time.ts";
export type SteadyClock = {
  /**
   * Milliseconds since the epoch that never run back while the process lives, whatever is done to the machine's clock.
   */
  readonly now: () => number;
  /**
   * Sets the least time from here on. A meeting that was begun before the machine's clock was set back would stand
   * still until the clock has caught up. Returns the milliseconds by which it was behind.
   */
  readonly notBefore: (at: number) => number;
};

export function steadyClock(): SteadyClock {
  let start = wallClock() - monotonic();
  const now = () => Math.round(start + monotonic());
  return {
    now,
    notBefore(at) {
      const behind = Math.max(0, at - now());
      start += behind;
      return behind;
    },
  };
}
