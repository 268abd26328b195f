import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureFaketime } from "../../../tools/setup/faketime.ts";
import { quiet } from "../../../tools/setup/progress.ts";

/** The clock of one program, which can be set while it runs; time that is measured by a stopwatch runs on. */
export class ShiftedClock {
  readonly #file: string;
  /** Environment of the program whose clock it is. */
  readonly env: Readonly<Record<string, string>>;

  static async open(dir: string): Promise<ShiftedClock> {
    const { library } = await ensureFaketime(quiet);
    return new ShiftedClock(join(dir, "clock"), library);
  }

  private constructor(file: string, library: string) {
    this.#file = file;
    this.env = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      // Its own correction of waits by the monotonic clock ends each of WebRTC's at once: a thread would spin on a
      // whole core.
      FAKETIME_FORCE_MONOTONIC_FIX: "0",
    };
    this.shift(0);
  }

  /** Sets it this many seconds before (less than 0) or after the machine's. */
  shift(seconds: number): void {
    writeFileSync(`${this.#file}.new`, `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}s\n`);
    // It is read at any moment.
    renameSync(`${this.#file}.new`, this.#file);
  }
}
