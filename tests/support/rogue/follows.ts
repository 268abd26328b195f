import { setTimeout as wait } from "node:timers/promises";
import { RoomEvent } from "../../../appservice/call/rtc.ts";
import type { CallAccess } from "../../../appservice/call/calls.ts";
import { Caller, type CallerOptions } from "../call/caller.ts";

const LOOK_MS = 50;

/** A caller who comes back by a fresh token whenever their call ends, as the widget does, with the microphone muted. */
export class Follower {
  readonly #access: () => Promise<CallAccess>;
  readonly #options: Omit<CallerOptions, "url" | "token">;
  #caller: Caller | null = null;
  #left = false;
  /** Number of times that the call was another. */
  moves = 0;

  static async join(
    access: () => Promise<CallAccess>,
    options: Omit<CallerOptions, "url" | "token"> = {},
  ): Promise<Follower> {
    const follower = new Follower(access, options);
    await follower.#enter();
    return follower;
  }

  private constructor(access: () => Promise<CallAccess>, options: Omit<CallerOptions, "url" | "token">) {
    this.#access = access;
    this.#options = options;
  }

  get caller(): Caller {
    if (!this.#caller) throw new Error("on the way");
    return this.#caller;
  }

  async leave(): Promise<void> {
    this.#left = true;
    await this.#caller?.leave();
  }

  async #enter(): Promise<void> {
    const caller = await Caller.join({ ...(await this.#access()), ...this.#options });
    caller.room.on(RoomEvent.Disconnected, () => void this.#follow(caller));
    this.#caller = caller;
    if (caller.mayPublish) await caller.publish({ muted: true });
    else void this.#publishOnceAllowed(caller);
  }

  /** Comes to listen, and has a microphone as soon as the server lets them, as the widget does. */
  async #publishOnceAllowed(caller: Caller): Promise<void> {
    // Looks again and again: the library has no event for one's own rights.
    while (!this.#left && this.#caller === caller && !caller.mayPublish) await wait(LOOK_MS);
    if (caller.mayPublish && this.#caller === caller) await caller.publish({ muted: true });
  }

  async #follow(before: Caller): Promise<void> {
    void before.leave().catch(() => {});
    while (!this.#left) {
      try {
        await this.#enter();
        this.moves += 1;
        return;
      } catch {
        // Tried again at once, as long as somebody waits for it.
      }
    }
  }
}
