import type { Logger } from "pino";
import { insist } from "../retry/insist.ts";
import { isMissing, type LiveKitServer } from "./livekit-server.ts";

/**
 * Waits before each further try: with LiveKit's time to answer they are the longest that somebody is heard in such a
 * call.
 */
const PACE = { firstMs: 500, longestMs: 500 };

/**
 * Calls whose name was given up. Everybody in them is sent away, and may come back by the new name. Where LiveKit makes
 * a room for each person who comes, such a call is ended again each time an old token begins it anew.
 */
export class EndedCalls {
  readonly #server: Pick<LiveKitServer, "deleteRoom">;
  readonly #log: Logger;
  readonly #ending = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(server: Pick<LiveKitServer, "deleteRoom">, log: Logger) {
    this.#server = server;
    this.#log = log;
  }

  /** Resolves once LiveKit has ended the call, however long it does not answer. */
  end(name: string): Promise<void> {
    const known = this.#ending.get(name);
    if (known) return known;
    const ending = this.#end(name).finally(() => this.#ending.delete(name));
    this.#ending.set(name, ending);
    return ending;
  }

  close(): void {
    this.#closing.abort();
  }

  async #end(name: string): Promise<void> {
    const deleteRoom = () =>
      this.#server.deleteRoom(name).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    await insist(deleteRoom, {
      pace: PACE,
      signal: this.#closing.signal,
      onFailure: (error, failures) => {
        if (failures === 1)
          this.#log.warn({ err: error }, "a call that somebody was put out of could not be ended yet");
      },
    });
  }
}
