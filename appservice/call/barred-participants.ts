import type { Logger } from "pino";
import type { ParticipantId } from "../protocol/identity.ts";
import type { Connection } from "./presence.ts";
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
  /** Each with the connection that they had when they were barred, which LiveKit puts out; null: none was known. */
  readonly #barred = new Map<ParticipantId, string | null>();
  readonly #closing = new AbortController();

  constructor(options: ShownOutDeps) {
    this.#options = options;
  }

  /**
   * Asks of everybody who comes in whether they are barred, or may no longer be in the room's meetings. A connection
   * that is being put out may be told of once more, by a list that was read before or a webhook that comes late: nobody
   * has come in by that.
   */
  admits({ id, sid }: Pick<Connection, "id" | "sid">): boolean {
    const puttingOut = this.#barred.get(id);
    if (puttingOut !== undefined) {
      if (puttingOut !== sid) this.#options.onIntruder(id);
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

  remove(id: ParticipantId, connection: Pick<Connection, "sid"> | undefined): Promise<void> {
    this.#barred.set(id, connection?.sid ?? null);
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
