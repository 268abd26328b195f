/** Messages and edits that Telegram takes in a group. */
export type Limit = { readonly count: number; readonly windowMs: number };
export const GROUP_LIMIT: Limit = { count: 20, windowMs: 60_000 };

/** What one chat has been sent lately, so that it gets no more than Telegram takes. */
export class ChatPace {
  readonly #limit: Limit;
  #taken: number[] = [];
  #quietUntil = 0;

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /** Milliseconds until the next may go out; 0: now. */
  waitMs(now: number): number {
    const { count, windowMs } = this.#limit;
    this.#forget(now);
    const first = this.#taken.at(-count);
    const full = first === undefined ? 0 : first + windowMs - now;
    return Math.max(0, full, this.#quietUntil - now);
  }

  take(now: number): void {
    this.#forget(now);
    this.#taken.push(now);
  }

  /** Tells whether nothing is to be remembered of the chat. */
  isIdle(now: number): boolean {
    this.#forget(now);
    return this.#taken.length === 0 && this.#quietUntil <= now;
  }

  #forget(now: number): void {
    this.#taken = this.#taken.filter((at) => at > now - this.#limit.windowMs);
  }

  /** Telegram asks for so long a silence. */
  quiet(now: number, ms: number): void {
    this.#quietUntil = Math.max(this.#quietUntil, now + ms);
  }
}
