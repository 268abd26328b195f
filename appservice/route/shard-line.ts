import type { Logger } from "pino";
import { Failures } from "../retry/pace.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer, timeLimit } from "../time/time.ts";
import type { WaitingEvents } from "./waiting-events.ts";

export type ShardLineDeps = {
  readonly name: string;
  readonly address: () => string;
  readonly hsToken: string;
  readonly waiting: WaitingEvents;
  readonly log: Logger;
};

const PACE = { firstMs: 250, longestMs: 5_000 };
const TAKEN_WITHIN_MS = 20_000;

/** Brings a shard its events, one transaction after another, for as long as it takes. */
export class ShardLine {
  readonly #parts: ShardLineDeps;
  readonly #failures = new Failures(PACE);
  readonly #awaited = new Map<number, () => void>();
  #bringing = false;
  #closed = false;
  #retry: Timer | null = null;
  #underWay = new AbortController();

  constructor(parts: ShardLineDeps) {
    this.#parts = parts;
  }

  /** True while the last try went well. */
  get reached(): boolean {
    return this.#failures.count === 0;
  }

  /** Resolves when the shard has acknowledged this part. */
  has(number: number): Promise<void> {
    return new Promise((resolve) => this.#awaited.set(number, resolve));
  }

  wake(): void {
    if (this.#bringing || this.#closed || this.#retry) return;
    this.#bringing = true;
    void this.#bringAll().finally(() => {
      this.#bringing = false;
      // Something may have come after the last look.
      if (!this.#closed && this.#parts.waiting.first(this.#parts.name)) this.wake();
    });
  }

  /** Gives up what is under way to the old address, and begins at the new one. */
  moved(): void {
    clearTimer(this.#retry);
    this.#retry = null;
    this.#underWay.abort();
    this.#underWay = new AbortController();
    this.wake();
  }

  close(): void {
    this.#closed = true;
    clearTimer(this.#retry);
    this.#underWay.abort();
  }

  async #bringAll(): Promise<void> {
    const { name, waiting, log } = this.#parts;
    for (let part = waiting.first(name); part && !this.#closed; part = waiting.first(name)) {
      try {
        await this.#bring(part.number, part.body);
        if (!this.reached) log.info({ shard: name }, "the shard is back; what waited for it was brought");
        this.#failures.reset();
        waiting.drop(part.number);
        this.#awaited.get(part.number)?.();
        this.#awaited.delete(part.number);
      } catch (error) {
        if (this.reached)
          log.error({ shard: name, err: error }, "a shard cannot be reached; its events wait on the disk");
        const again = () => {
          this.#retry = null;
          this.wake();
        };
        this.#retry = startTimer(again, this.#failures.add());
        return;
      }
    }
  }

  async #bring(number: number, body: string): Promise<void> {
    const { address, hsToken } = this.#parts;
    const url = new URL(`/_matrix/app/v1/transactions/router-${number}`, address());
    const headers = { authorization: `Bearer ${hsToken}`, "content-type": "application/json" };
    const signal = AbortSignal.any([timeLimit(TAKEN_WITHIN_MS), this.#underWay.signal]);
    const answer = await fetch(url, { method: "PUT", headers, body, signal });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the shard answered ${answer.status}`);
  }
}
