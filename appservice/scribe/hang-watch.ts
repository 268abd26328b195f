import type { Timer } from "../time/source.ts";
import { clearTimer, repeat } from "../time/time.ts";
const LOOK_EVERY_MS = 500;
/** Number of looks without a sign of life, which comes every second; a hang is noticed within five seconds. */
const SILENT_LOOKS = 9;
/** Number of silent looks while models are loaded: then the process has other things to do than to answer. */
const SILENT_LOOKS_AT_FIRST = 240;

/**
 * Notices that a process does not say any more that it lives. It counts its own looks and not the time: a watcher that
 * was held up, or asleep, has not looked either.
 */
export class HangWatch {
  readonly #timer: Timer;
  #silent = 0;
  #loaded = false;

  constructor(onHanging: () => void) {
    this.#timer = repeat(() => {
      if (++this.#silent !== (this.#loaded ? SILENT_LOOKS : SILENT_LOOKS_AT_FIRST)) return;
      onHanging();
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  alive(loaded: boolean): void {
    this.#silent = 0;
    this.#loaded ||= loaded;
  }

  end(): void {
    clearTimer(this.#timer);
  }
}
