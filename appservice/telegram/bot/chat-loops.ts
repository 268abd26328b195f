import type { RoomId } from "../../protocol/identity.ts";
import { pause } from "../../retry/insist.ts";
import type { StorageGuard } from "../../store/storage-guard.ts";
import type { Step } from "./chat-poster.ts";

export type ChatLoopsDeps = {
  readonly step: (room: RoomId) => Promise<Step>;
  readonly guard: Pick<StorageGuard, "untilKept">;
  /** A fault of ours: the room's chat gets nothing until something new is wanted there. */
  readonly onFailed: (room: RoomId, error: unknown) => void;
};

/** One loop for each room whose chat has something to come. */
export class ChatLoops {
  readonly #deps: ChatLoopsDeps;
  readonly #running = new Map<RoomId, Promise<void>>();
  readonly #naps = new Map<RoomId, AbortController>();
  /** Rooms in which something was wanted since their loop last looked. */
  readonly #again = new Set<RoomId>();
  readonly #stopping = new AbortController();

  constructor(deps: ChatLoopsDeps) {
    this.#deps = deps;
  }

  /** Something is wanted in a room's chat: goes on at once, where its turn has not come by itself. */
  wake(room: RoomId): void {
    if (this.#stopping.signal.aborted) return;
    this.#again.add(room);
    this.#naps.get(room)?.abort();
    if (this.#running.has(room)) return;
    const { guard, onFailed } = this.#deps;
    const running = guard
      .untilKept(() => this.#run(room), this.#stopping.signal)
      .catch((error: unknown) => onFailed(room, error))
      .finally(() => {
        this.#running.delete(room);
        if (this.#again.has(room)) this.wake(room);
      });
    this.#running.set(room, running);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const nap of this.#naps.values()) nap.abort();
    await Promise.all(this.#running.values());
  }

  async #run(room: RoomId): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      // Whoever wakes from here on may mean something that this step does not see any more.
      this.#again.delete(room);
      const nap = new AbortController();
      this.#naps.set(room, nap);
      const step = await this.#deps.step(room);
      if (step === "idle" && !this.#again.has(room)) break;
      if (step !== "idle") await pause(step.againInMs, nap.signal);
    }
    this.#naps.delete(room);
  }
}
