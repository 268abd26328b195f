import type { Timer } from "../time/source.ts";
import { clearTimer, monotonic, repeat, timeLimit } from "../time/time.ts";

export type ShardWatchDeps = {
  readonly shards: readonly string[];
  readonly addressOf: (shard: string) => string;
};

const LOOK_EVERY_MS = 1_000;
/** A machine that is busy answers late, and is not away. */
const ANSWERS_WITHIN_MS = 5_000;

/** Looks each second whether the shards answer. */
export class ShardWatch {
  readonly #deps: ShardWatchDeps;
  readonly #awaySince = new Map<string, number>();
  readonly #asking = new Set<string>();
  readonly #timer: Timer;

  constructor(deps: ShardWatchDeps) {
    this.#deps = deps;
    this.#timer = repeat(() => {
      for (const shard of deps.shards) void this.#look(shard);
    }, LOOK_EVERY_MS);
  }

  /** Milliseconds for which a shard has not answered. */
  awayFor(shard: string): number {
    const since = this.#awaySince.get(shard);
    return since === undefined ? 0 : monotonic() - since;
  }

  /** Begins anew with a shard that has another address now. */
  forget(shard: string): void {
    this.#awaySince.delete(shard);
  }

  close(): void {
    clearTimer(this.#timer);
  }

  async #look(shard: string): Promise<void> {
    if (this.#asking.has(shard)) return;
    this.#asking.add(shard);
    const [address, askedAt] = [this.#deps.addressOf(shard), monotonic()];
    try {
      const answer = await fetch(new URL("/healthz", address), { signal: timeLimit(ANSWERS_WITHIN_MS) });
      await answer.body?.cancel();
      this.#awaySince.delete(shard);
    } catch {
      if (address === this.#deps.addressOf(shard) && !this.#awaySince.has(shard)) this.#awaySince.set(shard, askedAt);
    } finally {
      this.#asking.delete(shard);
    }
  }
}
