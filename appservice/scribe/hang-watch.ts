const LOOK_EVERY_MS = 500;
/** Told every second that the other one lives, this is noticed within five. */
const SILENT_LOOKS = 9;
/** While models are loaded, it has other things to do than to answer. */
const SILENT_LOOKS_AT_FIRST = 240;

/**
 * Notices that a process does not say any more that it lives. It counts its own looks and not the time: who was held up, or asleep,
 * has not looked either.
 */
export class HangWatch {
  readonly #timer: NodeJS.Timeout;
  #silent = 0;
  #loaded = false;

  constructor(onHanging: () => void) {
    this.#timer = setInterval(() => {
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
    clearInterval(this.#timer);
  }
}
