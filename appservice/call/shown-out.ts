import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { ParticipantId } from "../protocol/identity.ts";

export type ShownOutOptions = {
  remove(id: ParticipantId): Promise<void>;
  mayBeIn(id: ParticipantId): Promise<boolean>;
  /** Somebody who is to stay out has come in: they hold a token that opens the call. */
  onIntruder(id: ParticipantId): void;
  log: Logger;
};

const AGAIN_MS = 1_000;

/** Who is to stay out of one room's call, though they may still hold a token that LiveKit would take. */
export class ShownOut {
  readonly #options: ShownOutOptions;
  readonly #barred = new Set<ParticipantId>();
  #closed = false;

  constructor(options: ShownOutOptions) {
    this.#options = options;
  }

  /** Asks about everybody who comes in, whether they are barred, or turn out to be let into the room's meetings no more. */
  admits(id: ParticipantId): boolean {
    if (this.#barred.has(id)) {
      this.#options.onIntruder(id);
      return false;
    }
    // A token outlives both a kick and a restart of this service, which then knows of no bar.
    this.#options.mayBeIn(id).then(
      (mayBeIn) => {
        if (!mayBeIn) this.#options.onIntruder(id);
      },
      (error: unknown) =>
        this.#options.log.debug({ participant: id, err: error }, "whether they may be in the call is not known"),
    );
    return true;
  }

  /** Lets them in from now on. */
  admit(id: ParticipantId): void {
    this.#barred.delete(id);
  }

  remove(id: ParticipantId): Promise<void> {
    this.#barred.add(id);
    return this.#throwOut(id);
  }

  close(): void {
    this.#closed = true;
  }

  /** Ends when LiveKit has put them out, or they were let in again. */
  async #throwOut(id: ParticipantId): Promise<void> {
    for (let tries = 0; this.#barred.has(id) && !this.#closed; tries++) {
      try {
        return await this.#options.remove(id);
      } catch (error) {
        if (tries === 0)
          this.#options.log.warn(
            { participant: id, err: error },
            "a removed person could not be put out of the call yet",
          );
        await wait(AGAIN_MS, undefined, { ref: false });
      }
    }
  }
}
