import { clearTimer, repeat } from "./time/time.ts";
/** Does something again and again, never twice at once; resolves `stop` when the last time is over. */
export function upkeep(
  everyMs: number,
  work: () => Promise<void>,
  onFailed: (error: unknown) => void,
): { readonly stop: () => Promise<void> } {
  let running: Promise<void> | null = null;
  const timer = repeat(() => {
    running ??= work()
      .catch(onFailed)
      .finally(() => {
        running = null;
      });
  }, everyMs).unref();
  return {
    async stop() {
      clearTimer(timer);
      await running;
    },
  };
}

/**
 * Does one such work after another, in the order in which it was asked for; resolves `stop` when the present one is
 * over.
 */
export function inTurn<T>(
  work: (value: T) => Promise<void>,
  onFailed: (error: unknown) => void,
): { readonly soon: (value: T) => void; readonly stop: () => Promise<void> } {
  let [last, stopped] = [Promise.resolve(), false];
  return {
    soon(value) {
      last = last.then(() => (stopped ? undefined : work(value))).catch(onFailed);
    },
    async stop() {
      stopped = true;
      await last;
    },
  };
}
