import { clearTimer, startTimer } from "./time.ts";

/** Tells whether something ends within a time; it resolves then, and goes on. */
export function endsWithin(ms: number, promise: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = startTimer(() => resolve(false), ms);
    void promise.then(() => {
      clearTimer(timer);
      resolve(true);
    });
  });
}
