import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { isMissing, type LiveKitServer } from "./livekit-server.ts";

const AGAIN_MS = 1_000;

/**
 * Calls whose name was given up. Everybody in them is sent away, who may come back by the new name; and where LiveKit makes rooms
 * for whoever comes, such a call is ended each time it is begun anew by a token from before.
 */
export class EndedCalls {
  readonly #server: Pick<LiveKitServer, "deleteRoom">;
  readonly #log: Logger;
  readonly #ending = new Map<string, Promise<void>>();
  #closed = false;

  constructor(server: Pick<LiveKitServer, "deleteRoom">, log: Logger) {
    this.#server = server;
    this.#log = log;
  }

  /** Resolves once LiveKit has ended it, however long it does not answer. */
  end(name: string): Promise<void> {
    const known = this.#ending.get(name);
    if (known) return known;
    const ending = this.#end(name).finally(() => this.#ending.delete(name));
    this.#ending.set(name, ending);
    return ending;
  }

  close(): void {
    this.#closed = true;
  }

  async #end(name: string): Promise<void> {
    for (let tries = 0; !this.#closed; tries++) {
      try {
        return await this.#server.deleteRoom(name);
      } catch (error) {
        if (isMissing(error)) return;
        if (tries === 0) this.#log.warn({ err: error }, "a call that somebody was put out of could not be ended yet");
        await wait(AGAIN_MS, undefined, { ref: false });
      }
    }
  }
}
