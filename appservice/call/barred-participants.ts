import type { Logger } from "pino";
import type { ParticipantId } from "../protocol/identity.ts";
import { insist } from "../retry/insist.ts";

export type ShownOutDeps = {
  remove(id: ParticipantId): Promise<void>;
  mayBeIn(id: ParticipantId): Promise<boolean>;
  /** Called when somebody who is to stay out has come in: they hold a token that opens the call. */
  onIntruder(id: ParticipantId): void;
  log: Logger;
};

const PACE = { firstMs: 500, longestMs: 2_000 };

/** People who are to stay out of one room's call, though they may still hold a token that LiveKit would take. */
export class BarredParticipants {
  readonly #options: ShownOutDeps;
  readonly #barred = new Set<ParticipantId>();
  readonly #closing = new AbortController();

  constructor(options: ShownOutDeps) {
    this.#options = options;
  }

  /** Asks of everybody who comes in whether they are barred, or may no longer be in the room's meetings. */
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

  /** Lets a person in from now on. */
  admit(id: ParticipantId): void {
    this.#barred.delete(id);
  }

  remove(id: ParticipantId): Promise<void> {
    this.#barred.add(id);
    return this.#throwOut(id);
  }

  close(): void {
    this.#closing.abort();
  }

  /** Resolves when LiveKit has put the person out, or when they were let in again. */
  async #throwOut(id: ParticipantId): Promise<void> {
    await insist(async () => this.#barred.has(id) && (await this.#options.remove(id)), {
      pace: PACE,
      signal: this.#closing.signal,
      onFailure: (error, failures) => {
        if (failures > 1) return;
        this.#options.log.warn(
          { participant: id, err: error },
          "a removed person could not be put out of the call yet",
        );
      },
    });
  }
}
