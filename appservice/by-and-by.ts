import { monotonic, soon } from "./time/time.ts";
/** Other things wait no longer than this for a part of what is written down. */
const TURN_MS = 8;

/**
 * Does work that comes in parts a few milliseconds at a time, after the present work, once for each key: people who
 * pass the word meanwhile do not wait for it. Asked again while it is at it, it goes through to the end, and then once
 * more with the newest value.
 */
export function byAndBy<T>(
  keyOf: (value: T) => string,
  work: (value: T) => Iterator<void>,
  turnMs = TURN_MS,
): { readonly ask: (value: T) => void; readonly stop: () => void } {
  const waiting = new Map<string, T>();
  const busy = new Set<string>();
  let stopped = false;

  const begin = (key: string) => {
    const value = waiting.get(key);
    waiting.delete(key);
    if (value === undefined || stopped) return void busy.delete(key);
    goOn(key, work(value));
  };
  const goOn = (key: string, parts: Iterator<void>) => {
    if (stopped) return;
    const until = monotonic() + turnMs;
    try {
      do if (parts.next().done) return begin(key);
      while (monotonic() < until);
    } catch (error) {
      busy.delete(key);
      throw error;
    }
    soon(() => goOn(key, parts));
  };

  return {
    ask(value) {
      const key = keyOf(value);
      waiting.set(key, value);
      if (busy.has(key)) return;
      busy.add(key);
      soon(() => begin(key));
    },
    stop: () => void (stopped = true),
  };
}
