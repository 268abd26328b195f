import { soon } from "./time/time.ts";
/**
 * Puts work off until the present work is done, once for each key with the newest value: so that passing the word never
 * waits for its being written down.
 */
export function afterwards<T>(keyOf: (value: T) => string, work: (value: T) => void): (value: T) => void {
  const waiting = new Map<string, T>();
  return (value) => {
    const key = keyOf(value);
    if (!waiting.has(key)) {
      soon(() => {
        const newest = waiting.get(key);
        waiting.delete(key);
        if (newest !== undefined) work(newest);
      });
    }
    waiting.set(key, value);
  };
}
